package dev.handoff.spring.web;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.function.ServerResponse;

/// All open streams of this node: how many there may be, their signs of life, and their end. One
/// timer serves them all; a thread exists for a stream only while there is something to write on
/// it. Stops before the web server does, so that open streams do not hold up its end. Safe for use
/// by many threads.
public final class TaskStreams implements SmartLifecycle {
  private static final Duration COME_BACK = Duration.ofSeconds(5);

  private final Handoff handoff;
  private final StreamLimits limits;
  private final Set<TaskStream> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> byOwner = new ConcurrentHashMap<>();
  private final AtomicInteger places = new AtomicInteger();
  // Confined to the lifecycle's thread, but for `running`.
  private @Nullable ScheduledExecutorService timer;
  private volatile boolean running;

  /// Over the events of this engine.
  public TaskStreams(Handoff handoff, StreamLimits limits) {
    this.handoff = handoff;
    this.limits = limits;
  }

  /// An answer that tells the task's events after this number, and ends after its last one.
  ///
  /// @throws ProblemException when the owner or the node has too many open
  public ServerResponse open(Caller caller, TaskId task, long after) {
    takePlace(caller.owner());
    TaskStream stream = new TaskStream(caller.owner(), limits, this::forget);
    open.add(stream);
    if (!running) {
      // It stopped in between and did not see this one.
      stream.close();
      throw new ProblemException(Problem.NO_STREAM_FREE, ProblemFilter.retryAfter(COME_BACK));
    }
    return new StreamResponse(stream, subscriber -> handoff.follow(task, after, subscriber));
  }

  private void takePlace(String owner) {
    if (!running) {
      throw new ProblemException(Problem.NO_STREAM_FREE, ProblemFilter.retryAfter(COME_BACK));
    }
    if (places.incrementAndGet() > limits.perNode()) {
      places.decrementAndGet();
      throw new ProblemException(Problem.NO_STREAM_FREE, ProblemFilter.retryAfter(COME_BACK));
    }
    int owned = byOwner.merge(owner, 1, Integer::sum);
    if (owned > limits.perOwner()) {
      givePlace(owner);
      throw new ProblemException(Problem.TOO_MANY_STREAMS, ProblemFilter.retryAfter(COME_BACK));
    }
  }

  private void givePlace(String owner) {
    places.decrementAndGet();
    byOwner.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
  }

  private void forget(TaskStream stream) {
    open.remove(stream);
    givePlace(stream.owner());
  }

  /// How many streams are open, for whoever watches.
  public int size() {
    return open.size();
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("handoff-streams").daemon().factory());
    long every = Math.max(1, Math.min(1000, limits.pingEvery().toMillis() / 4));
    var _ = ticks.scheduleWithFixedDelay(this::tend, every, every, TimeUnit.MILLISECONDS);
    timer = ticks;
    running = true;
  }

  private void tend() {
    long now = System.nanoTime();
    for (TaskStream stream : open) {
      stream.slim(now);
      if (stream.isOver(now)) {
        closeApart(stream);
      } else if (stream.wantsPing(now)) {
        Thread.ofVirtual().name("handoff-ping").start(stream::ping);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    if (timer != null) {
      timer.shutdownNow();
    }
    open.forEach(TaskStreams::closeApart);
  }

  // Ending an answer may wait for its reader.
  private static void closeApart(TaskStream stream) {
    Thread.ofVirtual().name("handoff-stream-end").start(stream::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// After the web server's start and before the beginning of its graceful shutdown.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
