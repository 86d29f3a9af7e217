package dev.handoff.engine;

import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import java.time.Duration;
import java.util.Optional;

/// Tells the [EndListener] which tasks ended, a few at a time: as soon as the store says that there
/// is one, and now and then in case it was not heard.
final class EndAnnouncer implements AutoCloseable {
  /// Each comes with its result, which may have megabytes.
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

  /// Looks now; nothing happens before the start.
  void wake() {
    loop.wake();
  }

  /// Tells all that is to be told. What the listener does not take is passed by, and told in the
  /// next round.
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
