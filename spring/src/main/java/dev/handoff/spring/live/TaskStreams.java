package dev.handoff.spring.live;

import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.Task;
import dev.handoff.TaskOwner;
import dev.handoff.TaskSummary;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.ProblemFilter;
import dev.handoff.spring.wire.PlaceView;
import dev.handoff.spring.wire.TaskSummaryView;
import dev.handoff.spring.wire.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.function.ServerResponse;

/// All open streams of this node: their limits, pings and ends. One timer serves them all; a stream
/// has a thread only while it writes. Stops before the web server, whose shutdown open streams
/// would delay. Safe for use by many threads.
public final class TaskStreams implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TaskStreams.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Duration PLACES_EVERY = Duration.ofMillis(900);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final Handoff handoff;
  private final StreamLimits limits;
  private final CurrentCaller currentCaller;
  private final EventTexts texts = new EventTexts();
  private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
  // Of those whose credential may end before its time.
  private final Map<OpenStream, BooleanSupplier> validities = new ConcurrentHashMap<>();
  private final Map<String, Integer> byOwner = new ConcurrentHashMap<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final PlaceTeller places;
  // Confined to the lifecycle's thread, but for `running`.
  private @Nullable ScheduledExecutorService timer;
  // Confined to the timer.
  private long checkedAt = System.nanoTime();
  private long placesAt = checkedAt;
  private final AtomicBoolean checking = new AtomicBoolean();
  private volatile boolean running;

  /// @param currentCaller says when the credential of a request expires, at which its stream ends
  public TaskStreams(Handoff handoff, StreamLimits limits, CurrentCaller currentCaller) {
    this.handoff = handoff;
    this.places = new PlaceTeller(handoff);
    this.limits = limits;
    this.currentCaller = currentCaller;
  }

  /// Returns an answer that streams the task's events after this position and ends after the last
  /// one.
  ///
  /// @throws ProblemException when the owner or the node has too many open
  public ServerResponse open(Caller caller, Task task, LogPosition position) {
    EventStream stream = newStream(caller);
    return new StreamResponse(
        stream,
        request -> begun(stream, request),
        to ->
            places.follow(
                task,
                position,
                new TaskEventWriter(to, texts),
                place -> to.write(placeText(place.orElse(null)))));
  }

  // Without an id: it is not an event of the task's log.
  private static String placeText(@Nullable PlaceView place) {
    return "event: queue\ndata: " + (place == null ? "null" : WireJson.write(place)) + "\n\n";
  }

  /// Returns an answer that streams the state of the caller's tasks, and then each change. It does
  /// not end by itself.
  ///
  /// @param cursor the last one that an earlier answer gave out
  /// @throws ProblemException when the cursor is none of ours, or the owner or the node has too
  ///   many open
  public ServerResponse openAll(Caller caller, Optional<String> cursor) {
    Optional<Instant> since =
        cursor.map(given ->
            StreamCursor.parse(given)
                .orElseThrow(() -> new ProblemException(Problem.INVALID_REQUEST)));
    TaskOwner owner = new TaskOwner(caller.owner(), caller.tenant());
    EventStream stream = newStream(caller);
    return new StreamResponse(
        stream,
        request -> begun(stream, request),
        to -> {
          CursorTrail trail = new CursorTrail(since);
          return handoff.followOwner(
              owner, since, (tasks, upTo) -> to.write(tasksText(tasks, upTo, trail)));
        });
  }

  private String tasksText(List<TaskSummary> tasks, Instant upTo, CursorTrail trail) {
    StringBuilder text = new StringBuilder(64 + tasks.size() * 400);
    for (int i = 0; i < tasks.size(); i++) {
      boolean last = i == tasks.size() - 1;
      text.append("id: ").append(last ? trail.last(upTo) : trail.early(upTo));
      text.append("\nevent: task\ndata: ");
      text.append(WireJson.write(TaskSummaryView.of(tasks.get(i), handoff.place(tasks.get(i)))))
          .append("\n\n");
    }
    if (tasks.isEmpty()) {
      // An id without data moves the reader's position and is not an event.
      text.append("id: ").append(trail.last(upTo)).append("\n\n");
    }
    return text.toString();
  }

  /// Closes the stream once the request's credential is no longer valid.
  void watch(OpenStream stream, HttpServletRequest request) {
    validities.put(stream, currentCaller.validity(request));
    if (!open.contains(stream)) {
      validities.remove(stream);
    }
  }

  private Optional<Duration> begun(EventStream stream, HttpServletRequest request) {
    watch(stream, request);
    return currentCaller
        .expiry(request)
        .map(end -> Duration.between(handoff.clock().instant(), end));
  }

  private EventStream newStream(Caller caller) {
    return take(caller, onClose -> new EventStream(caller.owner(), limits, onClose));
  }

  /// Registers one more stream of this caller; closing it frees the place.
  ///
  /// @throws ProblemException when the owner or the node has too many open, or the node stops
  <S extends OpenStream> S take(Caller caller, Function<Consumer<OpenStream>, S> opening) {
    takePlace(caller.owner());
    S stream = opening.apply(this::forget);
    open.add(stream);
    if (!running) {
      // The node stopped in between and has not closed this one.
      stream.stop();
      throw new ProblemException(Problem.NO_STREAM_FREE, ProblemFilter.retryAfter(RETRY_AFTER));
    }
    return stream;
  }

  StreamLimits limits() {
    return limits;
  }

  PlaceTeller places() {
    return places;
  }

  EventTexts texts() {
    return texts;
  }

  private void takePlace(String owner) {
    if (!running) {
      throw new ProblemException(Problem.NO_STREAM_FREE, ProblemFilter.retryAfter(RETRY_AFTER));
    }
    if (taken.incrementAndGet() > limits.perNode()) {
      taken.decrementAndGet();
      throw new ProblemException(Problem.NO_STREAM_FREE, ProblemFilter.retryAfter(RETRY_AFTER));
    }
    int owned = byOwner.merge(owner, 1, Integer::sum);
    if (owned > limits.perOwner()) {
      givePlace(owner);
      throw new ProblemException(Problem.TOO_MANY_STREAMS, ProblemFilter.retryAfter(RETRY_AFTER));
    }
  }

  private void givePlace(String owner) {
    taken.decrementAndGet();
    byOwner.computeIfPresent(owner, (ignored, count) -> count == 1 ? null : count - 1);
  }

  private void forget(OpenStream stream) {
    open.remove(stream);
    validities.remove(stream);
    givePlace(stream.owner());
  }

  /// Returns how many streams are open, for a meter.
  public int size() {
    return open.size();
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("handoff-streams").daemon().factory());
    long every = Math.max(1, Math.min(1000, limits.pingEvery().toMillis() / 4));
    var ignored = ticks.scheduleWithFixedDelay(this::tend, every, every, TimeUnit.MILLISECONDS);
    timer = ticks;
    running = true;
  }

  private void tend() {
    long now = System.nanoTime();
    for (OpenStream stream : open) {
      stream.tend(now);
      if (stream.wantsPing(now)) {
        Thread.ofVirtual().name("handoff-ping").start(stream::ping);
      }
    }
    if (now - placesAt >= PLACES_EVERY.toNanos()) {
      placesAt = now;
      places.tick();
    }
    if (now - checkedAt >= CHECK_INTERVAL.toNanos() && checking.compareAndSet(false, true)) {
      checkedAt = now;
      // On a thread of its own, because a check may wait for the database.
      Thread.ofVirtual().name("handoff-stream-check").start(this::check);
    }
  }

  private void check() {
    try {
      validities.forEach((stream, validity) -> {
        if (!isValid(validity)) {
          Thread.ofVirtual().name("handoff-stream-end").start(stream::revoke);
        }
      });
    } finally {
      checking.set(false);
    }
  }

  private static boolean isValid(BooleanSupplier validity) {
    try {
      return validity.getAsBoolean();
    } catch (RuntimeException undecided) {
      LOG.debug("whether a stream's credential is valid cannot be found out now", undecided);
      return true;
    }
  }

  @Override
  public void stop() {
    running = false;
    if (timer != null) {
      timer.shutdownNow();
    }
    // Each is closed on a thread of its own, because its reader may be slow.
    List<Thread> closing =
        open.stream()
            .map(stream -> Thread.ofVirtual().name("handoff-stream-end").start(stream::stop))
            .toList();
    long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
    try {
      for (Thread each : closing) {
        var ignored = each.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
