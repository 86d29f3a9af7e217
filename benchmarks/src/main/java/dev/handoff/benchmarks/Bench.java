package dev.handoff.benchmarks;

import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Policy;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.jdbc.Transactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A durable store in a new folder, and engines on it. The request is 1 KB of JSON, as in the
/// peers' measurements.
public final class Bench implements AutoCloseable {
  static final TaskType<String, String> WORK =
      TaskType.of("work", String.class, String.class).withPolicy(Policy.DEFAULTS);
  static final Submission BY = Submission.by("bench");

  /// 1 KB of JSON, the same in all programs that measure.
  public static final String REQUEST = request();

  private final Path folder;
  private final SqliteDatabase database;
  private final SqliteTaskStore store;

  Bench() throws IOException {
    folder = Files.createTempDirectory("handoff-bench");
    database = SqliteDatabase.open(SqliteSettings.at(folder.resolve("handoff.db")));
    store =
        SqliteTaskStore.open(
            database, TimeSource.system(), new Transactions(database.dataSource()));
  }

  SqliteTaskStore store() {
    return store;
  }

  Handoff start(HandoffConfig config, Handler<String, String> handler) {
    return Handoff.start(store, List.<HandledType<?, ?>>of(WORK.handledBy(handler)), config);
  }

  /// Runs the work on this many threads at once.
  ///
  /// @return nanoseconds until the last of them was done
  /// @throws IllegalStateException when it failed on one of them
  public static long timed(int threads, Runnable work) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(threads);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread.ofPlatform()
          .start(() -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              failure.set(e);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    if (failure.get() != null) {
      throw new IllegalStateException("the measured work failed", failure.get());
    }
    return System.nanoTime() - start;
  }

  private static String request() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("{\"text\":\"");
    while (text.length() < 1_000) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.append("\"}").toString();
  }

  @Override
  public void close() throws IOException {
    store.close();
    database.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
