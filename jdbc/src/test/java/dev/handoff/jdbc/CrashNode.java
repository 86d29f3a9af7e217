package dev.handoff.jdbc;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LoggedEvent;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A process of its own that [CrashTest] kills. Its first life submits tasks and never comes to an
/// end with any of them; its second life follows each from the number last seen and exits when all
/// have ended. What handlers do outside the database goes to files beside it.
final class CrashNode {
  static final int TASKS = 400;
  static final int SLOTS = 200;
  static final int CHUNKS = 10;

  private static final TaskType<String, String> ORDER =
      TaskType.of("order", String.class, String.class)
          .withPolicy(Policy.DEFAULTS.withRetry(RetryPolicy.every(Duration.ZERO).upTo(5)));

  private final Path folder;
  private final boolean firstLife;

  private CrashNode(Path folder, boolean firstLife) {
    this.folder = folder;
    this.firstLife = firstLife;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path seen = folder.resolve("seen");
    new CrashNode(folder, !Files.exists(seen)).live(seen);
  }

  private void live(Path seen) throws Exception {
    SqliteSettings file = SqliteSettings.at(folder.resolve("crash.db"));
    List<HandledType<?, ?>> types = List.of(ORDER.handledBy(this::handle));
    HandoffConfig config = HandoffConfig.defaults().withConcurrency(SLOTS);
    try (SqliteTaskStore store = SqliteTaskStore.open(file, TimeSource.system());
        Handoff handoff = Handoff.start(store, types, config)) {
      if (firstLife) {
        List<String> requests = Collections.nCopies(TASKS, "shoes");
        handoff
            .submitAll(ORDER, requests, Submission.by("asha"))
            .forEach(id -> follow(handoff, id, 0));
        new CountDownLatch(1).await();
      }
      CountDownLatch open = new CountDownLatch(TASKS);
      for (String line : Files.readAllLines(seen)) {
        String[] parts = line.split(" ", -1);
        TaskId id = TaskId.parse(parts[0]).orElseThrow();
        var _ =
            handoff.follow(
                id,
                Long.parseLong(parts[1]),
                events -> {
                  print(id, events);
                  if (events.getLast().event().isTerminal()) {
                    open.countDown();
                  }
                });
      }
      open.await();
    }
  }

  private void follow(Handoff handoff, TaskId id, long after) {
    var _ = handoff.follow(id, after, events -> print(id, events));
  }

  private static synchronized void print(TaskId id, List<LoggedEvent> events) {
    for (LoggedEvent line : events) {
      System.out.println(
          id + " " + line.seq() + " " + line.event().getClass().getSimpleName() + " .");
    }
    System.out.flush();
  }

  private Outcome<String> handle(String ware, TaskContext task) throws Exception {
    String receipt = task.step("pay", String.class, () -> write("paid", task));
    for (int i = 0; i < CHUNKS; i++) {
      task.emit("chunk " + i);
    }
    if (firstLife) {
      new CountDownLatch(1).await();
    }
    write("finished", task);
    return Outcome.done(receipt);
  }

  private String write(String name, TaskContext task) throws IOException {
    byte[] line = (task.taskId() + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel file =
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      file.write(ByteBuffer.wrap(line));
      file.force(true);
    }
    return name;
  }
}
