package dev.handoff.spring.api;

import dev.handoff.EventSubscriber;
import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.Subscription;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.spring.web.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.function.ServerRequest;

/// Requests that wait for a task. Each occupies its thread; only few may wait where the application
/// has not enabled virtual threads. All return when the node stops. Safe for use by many threads.
public final class LongPolls implements SmartLifecycle {
  /// The longest wait of a request.
  static final Duration LONGEST = Duration.ofSeconds(60);

  /// The `Retry-After` of a request that may not wait because too many do.
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final int PER_OWNER = 100;
  private static final int PER_NODE = 5000;
  // Pooled threads are needed for other requests.
  private static final int ON_PLATFORM_THREADS = 50;
  private static final Pattern PREFERENCE =
      Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:$|[,;])");

  private final Handoff handoff;
  private final AtomicInteger places = new AtomicInteger();
  private final Map<String, Integer> byOwner = new ConcurrentHashMap<>();
  private final Set<CountDownLatch> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  public LongPolls(Handoff handoff) {
    this.handoff = handoff;
  }

  /// Returns the wait that the request prefers (`Prefer: wait=N`), at most [#LONGEST]; empty
  /// without a valid preference, which is never an error.
  static Optional<Duration> preferredBy(ServerRequest request) {
    Matcher found = PREFERENCE.matcher(String.join(",", request.headers().header("Prefer")));
    if (!found.find()) {
      return Optional.empty();
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(found.group(1)));
    return Optional.of(asked.compareTo(LONGEST) > 0 ? LONGEST : asked).filter(Duration::isPositive);
  }

  /// Waits until the task has ended.
  ///
  /// @return whether it waited at all: not if too many wait already
  boolean untilEnd(Caller caller, Task task, Duration atMost) throws InterruptedException {
    return task.isTerminal()
        || await(
            caller,
            new Awaited(
                task.id(),
                LogPosition.after(task.activity().lastEvent()),
                event -> event.event().isTerminal()),
            atMost);
  }

  /// Waits until the task has an event after this position.
  ///
  /// @return whether it waited at all: not if too many wait already
  boolean untilNewEvent(Caller caller, TaskId task, LogPosition position, Duration atMost)
      throws InterruptedException {
    return await(caller, new Awaited(task, position, ignored -> true), atMost);
  }

  private record Awaited(TaskId task, LogPosition position, Predicate<LoggedEvent> what) {}

  /// Opens the latch at such an event, or when no further event can come.
  private record AwaitedEvents(Predicate<LoggedEvent> what, CountDownLatch heard)
      implements EventSubscriber {
    @Override
    public void onEvents(List<LoggedEvent> events) {
      if (events.stream().anyMatch(what)) {
        heard.countDown();
      }
    }

    @Override
    public void onGone() {
      heard.countDown();
    }
  }

  private boolean await(Caller caller, Awaited awaited, Duration atMost)
      throws InterruptedException {
    if (!takePlace(caller.owner())) {
      return false;
    }
    CountDownLatch heard = new CountDownLatch(1);
    waiting.add(heard);
    Subscription place =
        handoff.follow(
            awaited.task(), awaited.position(), new AwaitedEvents(awaited.what(), heard));
    try {
      if (running) {
        var ignored = heard.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
      }
      return true;
    } finally {
      place.close();
      waiting.remove(heard);
      givePlace(caller.owner());
    }
  }

  private boolean takePlace(String owner) {
    int most = Thread.currentThread().isVirtual() ? PER_NODE : ON_PLATFORM_THREADS;
    if (places.incrementAndGet() > most) {
      places.decrementAndGet();
      return false;
    }
    if (byOwner.merge(owner, 1, Integer::sum) > PER_OWNER) {
      givePlace(owner);
      return false;
    }
    return true;
  }

  private void givePlace(String owner) {
    places.decrementAndGet();
    byOwner.computeIfPresent(owner, (ignored, count) -> count == 1 ? null : count - 1);
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    waiting.forEach(CountDownLatch::countDown);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// With the streams: before the beginning of the web server's graceful shutdown.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 512;
  }
}
