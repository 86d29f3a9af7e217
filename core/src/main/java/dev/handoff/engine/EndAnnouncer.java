package dev.handoff.engine;

import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import java.time.Duration;
import java.util.Optional;

/// Passes the ends of tasks to the [EndListener] in small batches: as soon as the store reports
/// one, and at intervals in case a report was lost.
final class EndAnnouncer implements AutoCloseable {
  /// Small, because each task comes with its result, which may have megabytes.
  private static final int BATCH = 20;

  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final String NAME = "announcer";

  private final EngineParts parts;
  private final EndListener ends;
  private final ServiceLoop loop;

  EndAnnouncer(EngineParts parts, EndListener ends) {
    this.parts = parts;
    this.ends = ends;
    this.loop = ServiceLoop.virtual(NAME, EVERY, this::runOnce, parts);
  }

  /// Starts the loop if an [EndListener] is configured.
  void start() {
    if (!ends.equals(EndListener.NONE)) {
      loop.start();
    }
  }

  /// Runs the next round now. Does nothing before [#start].
  void wake() {
    loop.wake();
  }

  /// Announces all pending ends. An end that the listener refuses is skipped and announced again in
  /// the next round.
  ///
  /// @return how many ends the listener took
  int runOnce() {
    if (ends.equals(EndListener.NONE)) {
      return 0;
    }
    int told = 0;
    Optional<TaskId> after = Optional.empty();
    do {
      Announced announced = parts.store().announceEnds(after, BATCH, this::tell);
      told += announced.tasks();
      after = announced.next();
    } while (after.isPresent());
    return told;
  }

  private boolean tell(Task task) {
    try {
      ends.onEnd(task);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (StoreUnavailableException away) {
      // The others would fail alike.
      throw away;
    } catch (Throwable e) {
      parts.listener().on(new EngineEvent.ServiceFailed(NAME, e));
      return false;
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
