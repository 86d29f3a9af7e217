package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;

import dev.handoff.TimeSource;
import dev.handoff.store.NewTask;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A program that submits tasks until it is killed, and prints each id once its submit returned.
final class SubmittingProcess {
  private static final int THREADS = 8;

  private SubmittingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    TimeSource clock = TimeSource.system();
    try (SqliteTaskStore store =
        SqliteTaskStore.open(SqliteSettings.at(Path.of(arguments[0])), clock)) {
      List<Thread> threads =
          IntStream.range(0, THREADS)
              .mapToObj(_ -> Thread.ofVirtual().start(() -> submitForEver(store, clock)))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void submitForEver(SqliteTaskStore store, TimeSource clock) {
    while (true) {
      NewTask task = aTask().at(clock.instant());
      store.submit(List.of(task));
      System.out.println(task.id());
    }
  }
}
