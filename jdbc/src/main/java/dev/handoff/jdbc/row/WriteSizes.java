package dev.handoff.jdbc.row;

import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.store.NewTask;
import java.util.List;

/// The approximate size of writes, in characters. It bounds a group, which is built in memory here
/// and at the server.
public final class WriteSizes {
  /// The largest size of a group of several calls.
  public static final long GROUP = 16L << 20;

  private WriteSizes() {}

  public static long of(List<NewTask> tasks) {
    return tasks.stream().mapToLong(task -> task.request().text().length()).sum();
  }

  public static long ofEvents(List<TaskEvent> events) {
    return events.stream().mapToLong(WriteSizes::of).sum();
  }

  private static long of(TaskEvent event) {
    return switch (event) {
      case TaskCompleted done -> done.result().text().length();
      case ChunkEmitted chunk -> chunk.text().length();
      case LineLogged line -> line.text().length();
      default -> 0;
    };
  }
}
