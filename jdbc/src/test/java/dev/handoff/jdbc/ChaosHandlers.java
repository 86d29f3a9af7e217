package dev.handoff.jdbc;

import dev.handoff.Effect;
import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.Settlement;
import dev.handoff.TaskContext;
import dev.handoff.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The handlers of [ChaosTest]. What they do is written to a file of their process, line by line:
/// what was done, the task, the attempt, and which part.
final class ChaosHandlers {
  static final int CHUNKS = 8;

  private static final int STEPS = 3;

  private final OutputStream journal;
  private final CountDownLatch never = new CountDownLatch(1);

  ChaosHandlers(OutputStream journal) {
    this.journal = journal;
  }

  List<HandledType<?, ?>> types() {
    List<HandledType<?, ?>> types = new ArrayList<>();
    for (ChaosKind kind : ChaosKind.values()) {
      types.add(kind.type().handledBy((request, task) -> handle(kind, request, task)));
    }
    return types;
  }

  private Outcome<String> handle(ChaosKind kind, String request, TaskContext task)
      throws Exception {
    note("began", task, "-");
    Outcome<String> outcome =
        switch (kind) {
          case NOTHING, PAID_AHEAD, EFFECT, COUNTED, EFFECT_THROWS, EFFECT_BREAKS ->
              done(kind, task);
          case STEPS -> steps(kind, task);
          case CHUNKS -> chunks(kind, task);
          case SLOW -> slow(kind, task);
          case SECOND_TRY -> failing(kind, task);
          case TIMED_OUT -> timedOut(kind, task);
          case SNOOZED -> snoozed(kind, task);
          case JOINED, CACHED -> shared(kind, task);
          case COMPUTES -> computes(kind, request, task);
          case PAID, RETRIED_BY_HAND -> paid(kind, task);
        };
    note("returned", task, "-");
    return outcome;
  }

  private Outcome<String> done(ChaosKind kind, TaskContext task) {
    String result = task.taskId() + " in attempt " + task.attempt();
    if (kind.isPaid()) {
      return Outcome.done(
          result, new Settlement(ChaosKind.account(task.taskId()), ChaosKind.SETTLED, "chaos"));
    }
    List<Effect> effects = new ArrayList<>();
    if (kind.insertsRow()) {
      effects.add(noting(task, connection -> insert(connection, kind, task)));
    }
    if (kind == ChaosKind.COUNTED) {
      effects.add(noting(task, ChaosHandlers::count));
    }
    return new Outcome.Done<>(result, effects);
  }

  private SqlEffect noting(TaskContext task, SqlEffect effect) {
    return connection -> {
      try {
        effect.apply(connection);
      } catch (SQLException refused) {
        noteRefusal(task, refused);
        throw refused;
      }
    };
  }

  private void noteRefusal(TaskContext task, SQLException refused) {
    try {
      note("refused", task, String.valueOf(refused.getSQLState()));
    } catch (IOException e) {
      refused.addSuppressed(e);
    }
  }

  // Written first: an effect that fails takes its writes with it.
  private static void insert(Connection connection, ChaosKind kind, TaskContext task)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into chaos_effect (task) values (?)")) {
      insert.setString(1, task.taskId().toString());
      insert.executeUpdate();
    }
    if (task.attempt() == 1 && kind == ChaosKind.EFFECT_THROWS) {
      throw new IllegalStateException("the first effect fails");
    }
    if (task.attempt() == 1 && kind == ChaosKind.EFFECT_BREAKS) {
      throw new AssertionError("the first effect fails badly");
    }
  }

  private static void count(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update chaos_counter set count = count + 1")) {
      update.executeUpdate();
    }
  }

  private Outcome<String> steps(ChaosKind kind, TaskContext task) throws Exception {
    for (int i = 0; i < STEPS; i++) {
      var _ = isFirstCall(task, "step" + i);
    }
    return done(kind, task);
  }

  private Outcome<String> chunks(ChaosKind kind, TaskContext task) throws InterruptedException {
    for (int i = 0; i < CHUNKS; i++) {
      task.emit(task.attempt() + " " + i);
      task.progress(i * 10, "at " + i);
      pause(30);
    }
    return done(kind, task);
  }

  private Outcome<String> slow(ChaosKind kind, TaskContext task) throws Exception {
    pause(1_500);
    var _ = isFirstCall(task, "late");
    return done(kind, task);
  }

  private Outcome<String> failing(ChaosKind kind, TaskContext task) {
    if (task.attempt() < kind.planned()) {
      throw new IllegalStateException("attempt " + task.attempt() + " fails");
    }
    return done(kind, task);
  }

  private Outcome<String> timedOut(ChaosKind kind, TaskContext task) throws InterruptedException {
    if (task.attempt() < kind.planned()) {
      pause(ChaosKind.HARD_LIMIT.multipliedBy(5).toMillis());
    }
    return done(kind, task);
  }

  private Outcome<String> snoozed(ChaosKind kind, TaskContext task) throws Exception {
    for (String nap : List.of("nap0", "nap1")) {
      if (isFirstCall(task, nap)) {
        return Outcome.snooze(Duration.ofMillis(200), "a little later");
      }
    }
    return done(kind, task);
  }

  private Outcome<String> shared(ChaosKind kind, TaskContext task) throws InterruptedException {
    pause(200);
    return done(kind, task);
  }

  // Without a look at the interrupt, as a computation does it.
  private Outcome<String> computes(ChaosKind kind, String request, TaskContext task) {
    long millis = Long.parseLong(request.substring(request.lastIndexOf(' ') + 1));
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return done(kind, task);
  }

  private Outcome<String> paid(ChaosKind kind, TaskContext task) throws Exception {
    task.reserve(ChaosKind.account(task.taskId()), ChaosKind.RESERVED);
    var _ = isFirstCall(task, "bought");
    return failing(kind, task);
  }

  private boolean isFirstCall(TaskContext task, String name) throws Exception {
    boolean[] called = {false};
    var _ =
        task.step(
            name,
            String.class,
            () -> {
              note("called", task, name);
              called[0] = true;
              pause(20);
              return name;
            });
    note("saved", task, name);
    return called[0];
  }

  private void pause(long millis) throws InterruptedException {
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
