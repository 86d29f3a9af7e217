package dev.handoff.jdbc.postgres;

import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.postgres.Batcher.BatchedCall;
import dev.handoff.jdbc.sql.PostgresErrors;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Runs calls that met a lock of another transaction, so that the calls behind them do not wait.
/// One thread runs them one at a time, each with an equal share of a round's time. Safe for use by
/// many threads.
public final class PatientBatcher implements AutoCloseable {
  private static final int GROUP = 100;
  private static final Duration ROUND = Duration.ofSeconds(2);

  private final Batcher<Consumer<Duration>, Boolean> batcher;

  PatientBatcher(int queue, Scheduler scheduler) {
    this.batcher =
        new Batcher<>(
            "patient",
            new Batcher.BatcherSize<>(1, queue, GROUP, ignored -> 0),
            () -> PostgresErrors.queueFull(queue),
            scheduler,
            PatientBatcher::runAll);
  }

  /// Takes the call over. `alone` runs it, and waits for locks at most as long as it is given.
  void pass(BatchedCall<?, ?> call, Consumer<Duration> alone) {
    Consumer<Duration> answered =
        patience -> {
          try {
            alone.accept(patience);
          } catch (RuntimeException | Error e) {
            call.fail(e);
          }
        };
    call.pass();
    try {
      batcher.add(new BatchedCall<>(answered));
    } catch (RuntimeException refused) {
      call.fail(refused);
    }
  }

  private static void runAll(List<BatchedCall<Consumer<Duration>, Boolean>> calls) {
    Duration share = ROUND.dividedBy(calls.size());
    for (BatchedCall<Consumer<Duration>, Boolean> call : calls) {
      call.operation().accept(share);
      call.answer(true);
    }
  }

  @Override
  public void close() {
    batcher.close();
  }
}
