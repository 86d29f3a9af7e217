package dev.handoff.engine;

import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Passes the ends of tasks to the [EndListener] in small batches: as soon as the store reports
/// one, and at intervals in case a report was lost.
///
/// An end that this node's listener does not want is another node's: it is left pending, for a day
/// at most. One that the listener refuses is told again after a pause that grows.
final class EndAnnouncer implements AutoCloseable {
  /// Small, because each task comes with its result, which may have megabytes.
  private static final int BATCH = 20;

  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final Duration LEFT_FOR = Duration.ofDays(1);

  /// So many ends at the beginning that nothing is to be done about are not read at each report.
  private static final int SKIPPED_FROM = 100;

  private static final String NAME = "announcer";

  private final EngineParts parts;
  private final EndListener ends;
  private final RefusedEnds refused = new RefusedEnds(EVERY);
  private final ServiceLoop loop;
  private volatile boolean paused;

  // Confined to the round, of which there is one at a time.
  private Optional<TaskId> settledUpTo = Optional.empty();
  private Instant settledAt = Instant.EPOCH;

  EndAnnouncer(EngineParts parts, EndListener ends) {
    this.parts = parts;
    this.ends = ends;
    this.loop = ServiceLoop.virtual(NAME, EVERY, this::runOnce, parts);
  }

  /// Starts the loop if an [EndListener] is configured, or goes on after [#pause].
  void start() {
    paused = false;
    if (!ends.equals(EndListener.NONE)) {
      loop.start();
      loop.wake();
    }
  }

  /// Tells no more ends until it is started again.
  void pause() {
    paused = true;
  }

  /// Runs the next round now. Does nothing before [#start].
  void wake() {
    loop.wake();
  }

  /// Announces all pending ends that the listener wants.
  ///
  /// @return how many ends the listener took
  int runOnce() {
    if (paused || !ends.isListening()) {
      return 0;
    }
    Instant now = parts.store().clock().instant();
    boolean whole = !now.isBefore(settledAt.plus(EVERY));
    Round round = new Round(now);
    Optional<TaskId> after = whole ? Optional.empty() : settledUpTo;
    int told = 0;
    do {
      Announced announced = parts.store().announceEnds(after, BATCH, round::tell);
      told += announced.tasks();
      after = announced.next();
    } while (after.isPresent() && !round.isStoreAway);
    if (whole) {
      settledAt = now;
      settledUpTo = round.settled < SKIPPED_FROM ? Optional.empty() : round.settledUpTo;
    }
    return told;
  }

  /// One look at all pending ends.
  private final class Round {
    private final Instant now;
    private boolean isStoreAway;
    private boolean isSettledSoFar = true;
    private int settled;
    private Optional<TaskId> settledUpTo = Optional.empty();

    Round(Instant now) {
      this.now = now;
    }

    /// Returns whether the end is done with.
    boolean tell(Task task) {
      boolean over = isTold(task);
      isSettledSoFar &= !over;
      if (isSettledSoFar) {
        settled++;
        settledUpTo = Optional.of(task.id());
      }
      return over;
    }

    private boolean isTold(Task task) {
      if (paused || isStoreAway || refused.isPaused(task, now)) {
        return false;
      }
      try {
        if (!ends.wants(task.type(), task.submission())) {
          return task.finishedAt().filter(end -> !now.isBefore(end.plus(LEFT_FOR))).isPresent();
        }
        ends.onEnd(task);
        refused.forget(task);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (Throwable e) {
        // The others would find the store away as well, but this one may be the only one.
        isStoreAway = e instanceof StoreUnavailableException;
        refused.add(task, now);
        parts.listener().on(new EngineEvent.ServiceFailed(NAME, e));
        return false;
      }
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
