package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EngineEvent.AttemptEnded;
import dev.handoff.EngineEvent.LeaseLapsed;
import dev.handoff.EngineEvent.NodeStarted;
import dev.handoff.EngineEvent.NodeStopped;
import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.EngineEvent.SubscriberFailed;
import dev.handoff.EngineEvent.TasksPurged;
import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.EngineEvent.TasksSubmitted;
import dev.handoff.EngineEvent.TypeUnhandled;
import dev.handoff.EngineListener;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Turns what the engine reports into log lines; the only class of the engine that logs. Error: a
/// person must act. Warn: it healed itself. Info: lifecycle. Debug: the rest. Payloads are never
/// logged.
public final class EngineLog implements EngineListener {
  private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);
  private static final Duration SAY_UNHANDLED_AGAIN_AFTER = Duration.ofMinutes(10);

  private final Map<String, Long> unavailableSaid = new ConcurrentHashMap<>();
  private final Map<String, Long> unhandledSaid = new ConcurrentHashMap<>();
  private final Map<String, Long> unreadableSaid = new ConcurrentHashMap<>();
  private volatile @Nullable Long listenerSaid;
  private final Logger log = LoggerFactory.getLogger("dev.handoff.engine");

  @Override
  public void on(EngineEvent event) {
    switch (event) {
      case NodeStarted e ->
          log.info(
              "node started node={} role={} concurrency={}", e.node(), e.role(), e.concurrency());
      case NodeStopped e ->
          log.info("node stopped node={} handedBack={}", e.node(), e.handedBack());
      case TasksSubmitted e ->
          log.debug(
              "tasks submitted type={} created={} shared={}", e.type(), e.created(), e.shared());
      case AttemptEnded e -> attemptEnded(e);
      case TypeUnhandled e -> typeUnhandled(e.type());
      case TasksRescued e ->
          log.warn(
              "tasks of dead nodes taken back requeued={} failed={}", e.requeued(), e.failed());
      case TasksPurged e -> log.debug("finished tasks deleted count={}", e.count());
      case LeaseLapsed e ->
          log.warn("lease lapsed, joined anew node={} attemptsGivenUp={}", e.node(), e.attempts());
      case ServiceFailed e -> serviceFailed(e);
      case SubscriberFailed e ->
          log.debug("subscriber failed task={} cause={}", e.task(), e.cause().toString());
    }
  }

  /// Logs an exception that a listener of the application threw, at most once a minute.
  void listenerFailed(EngineEvent event, Throwable thrown) {
    long now = System.nanoTime();
    Long said = listenerSaid;
    if (said != null && now - said < SAY_AGAIN_AFTER.toNanos()) {
      return;
    }
    listenerSaid = now;
    // Not the exception itself: its methods are foreign code and may throw.
    log.warn(
        "listener failed event={} exception={}",
        event.getClass().getSimpleName(),
        thrown.getClass().getName());
  }

  // While the store is unavailable every round of every service fails: each logs at most one line a
  // minute. The store's own line has the cause.
  private void serviceFailed(ServiceFailed e) {
    if (!(e.cause() instanceof StoreUnavailableException)) {
      log.warn("service failed, trying again service={}", e.service(), e.cause());
      return;
    }
    if (saidLately(unavailableSaid, e.service(), SAY_AGAIN_AFTER)) {
      log.debug("service waits for the store service={}", e.service(), e.cause());
    } else {
      log.warn(
          "service waits for the store service={} why=\"{}\"", e.service(), e.cause().getMessage());
    }
  }

  private void typeUnhandled(String type) {
    if (!saidLately(unhandledSaid, type, SAY_UNHANDLED_AGAIN_AFTER)) {
      log.warn(
          "tasks wait and no live node runs their type type={}; start a worker with a handler of it",
          type);
    }
  }

  private void attemptEnded(AttemptEnded e) {
    if (!e.stored()) {
      log.info(
          "attempt lost its lease task={} attempt={} type={}", e.task(), e.attempt(), e.type());
      return;
    }
    switch (e.ending()) {
      case TaskEvent.TaskFailed(Failure failure) -> failed("task failed", e, failure);
      case TaskEvent.AttemptFailed(int ignored, Failure failure, var unusedRetryAt) ->
          failed("attempt failed, another follows", e, failure);
      case TaskEvent.AttemptSnoozed ignored when e.cause() instanceof UnreadableException why ->
          unreadable(e, why);
      default ->
          log.debug(
              "attempt ended task={} attempt={} type={} ending={} ran={}",
              e.task(),
              e.attempt(),
              e.type(),
              e.ending().getClass().getSimpleName(),
              e.ran());
    }
  }

  // A deployment may leave thousands behind: at most one line a minute for each type. The message
  // has names of fields and classes, and no value.
  private void unreadable(AttemptEnded e, UnreadableException why) {
    boolean said = saidLately(unreadableSaid, e.type(), SAY_AGAIN_AFTER);
    log.atLevel(said ? Level.DEBUG : Level.WARN)
        .log(
            "task left to nodes that can read it task={} type={} why=\"{}\"",
            e.task(),
            e.type(),
            why.getMessage());
  }

  private static boolean saidLately(Map<String, Long> said, String name, Duration pause) {
    long now = System.nanoTime();
    Long last = said.get(name);
    if (last != null && now - last < pause.toNanos()) {
      return true;
    }
    said.put(name, now);
    return false;
  }

  private void failed(String what, AttemptEnded e, Failure failure) {
    Throwable cause = e.cause();
    boolean unexplained = failure.kind() == FailureKind.ERROR && cause != null;
    Level level =
        failure.kind() == FailureKind.UNREADABLE
            ? Level.ERROR
            : unexplained ? Level.WARN : Level.INFO;
    log.atLevel(level)
        .setCause(unexplained ? cause : null)
        .log(
            "{} task={} attempt={} type={} kind={} ran={}",
            what,
            e.task(),
            e.attempt(),
            e.type(),
            failure.kind().code(),
            e.ran());
  }
}
