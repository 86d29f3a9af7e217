package dev.handoff.jdbc;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LeaseTerms;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A worker process that [ChaosTest] kills, freezes, and cuts off from its database. What its
/// handlers do is written to a file of its own, line by line: what was done, the task, the attempt,
/// and which part.
final class ChaosNode {
  static final int ATTEMPTS = 40;
  static final int STEPS = 3;
  static final int CHUNKS = 8;
  static final HandoffConfig CONFIG =
      HandoffConfig.defaults()
          .withConcurrency(40)
          .withLease(new LeaseTerms(Duration.ofSeconds(2), Duration.ofMillis(500)));

  private static final Duration CONNECTING = Duration.ofSeconds(60);

  /// What a task of each type does.
  enum Kind {
    NOTHING,
    STEPS,
    EFFECT,
    CHUNKS,
    SECOND_TRY,
    SLOW;

    TaskType<String, String> type() {
      return TaskType.of(name().toLowerCase(Locale.ROOT), String.class, String.class)
          .withPolicy(
              Policy.DEFAULTS.withRetry(RetryPolicy.every(Duration.ofMillis(100)).upTo(ATTEMPTS)));
    }
  }

  private final OutputStream journal;
  private final CountDownLatch never = new CountDownLatch(1);

  private ChaosNode(OutputStream journal) {
    this.journal = journal;
  }

  /// Takes the URL, the login's name and password, and the file. Ends when its input does.
  public static void main(String[] arguments) throws Exception {
    try (OutputStream journal = new FileOutputStream(arguments[3])) {
      new ChaosNode(journal)
          .live(PostgresSettings.at(arguments[0], arguments[1], arguments[2]).withConnections(8));
    }
  }

  private void live(PostgresSettings settings) throws Exception {
    List<HandledType<?, ?>> types = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      types.add(kind.type().handledBy((_, task) -> handle(kind, task)));
    }
    try (PostgresDatabase database = patiently(() -> PostgresDatabase.open(settings));
        PostgresTaskStore store =
            patiently(() -> PostgresTaskStore.open(database, CallerTransaction.NONE));
        Handoff _ = patiently(() -> Handoff.start(store, types, CONFIG.withRole(Role.WORKER)))) {
      System.out.println("started");
      while (System.in.read() >= 0) {
        // Until whoever started it is gone.
      }
    }
  }

  private interface Opening<T> {
    T open();
  }

  // It may be started while the server is away.
  private <T> T patiently(Opening<T> opening) throws InterruptedException {
    long until = System.nanoTime() + CONNECTING.toNanos();
    while (true) {
      try {
        return opening.open();
      } catch (StoreUnavailableException away) {
        if (System.nanoTime() > until) {
          throw away;
        }
        pause(200);
      }
    }
  }

  private Outcome<String> handle(Kind kind, TaskContext task) throws Exception {
    note("began", task, "-");
    String result = "done by attempt " + task.attempt();
    Outcome<String> outcome =
        switch (kind) {
          case NOTHING -> Outcome.done(result);
          case STEPS -> {
            for (int i = 0; i < STEPS; i++) {
              step(task, "step" + i);
            }
            yield Outcome.done(result);
          }
          case EFFECT -> {
            SqlEffect effect = connection -> write(connection, task);
            yield Outcome.done(result, effect);
          }
          case CHUNKS -> {
            chunks(task);
            yield Outcome.done(result);
          }
          case SECOND_TRY -> {
            if (task.attempt() == 1) {
              throw new IllegalStateException("the first try fails");
            }
            yield Outcome.done(result);
          }
          case SLOW -> {
            pause(1_500);
            step(task, "late");
            yield Outcome.done(result);
          }
        };
    note("returned", task, "-");
    return outcome;
  }

  private void step(TaskContext task, String name) throws Exception {
    var _ =
        task.step(
            name,
            String.class,
            () -> {
              note("called", task, name);
              pause(20);
              return name;
            });
    note("saved", task, name);
  }

  private void chunks(TaskContext task) throws InterruptedException {
    for (int i = 0; i < CHUNKS; i++) {
      task.emit(task.attempt() + " " + i);
      task.progress(i * 10, "at " + i);
      pause(30);
    }
  }

  private static void write(Connection connection, TaskContext task) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into chaos_effect (task) values (?)")) {
      insert.setString(1, task.taskId().toString());
      insert.executeUpdate();
    }
  }

  private void pause(int millis) throws InterruptedException {
    var _ = never.await(millis, TimeUnit.MILLISECONDS);
  }

  // One write for each line, so that a kill leaves none in memory. A stream, because an interrupt
  // would close a channel.
  private void note(String what, TaskContext task, String part) throws IOException {
    String where = ProcessHandle.current().pid() + " " + TimeSource.system().instant();
    String line =
        what + " " + task.taskId() + " " + task.attempt() + " " + part + " " + where + " .\n";
    synchronized (journal) {
      journal.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
