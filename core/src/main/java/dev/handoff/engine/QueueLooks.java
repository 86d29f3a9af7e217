package dev.handoff.engine;

import dev.handoff.QueuePlace;
import dev.handoff.QueuePlace.LinePosition;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskId;
import dev.handoff.TaskSummary;
import dev.handoff.store.QueueStore;
import dev.handoff.store.QueueStore.LineSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Places in lines, from one look at each line and second, however many ask. Safe for use by many
/// threads.
final class QueueLooks {
  /// Nothing is foretold of a type of which fewer attempts are known.
  static final int FEWEST = 20;

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);
  private static final int MOST_LINES = 1_000;

  private final EngineParts parts;
  private final AttemptDurations durations;
  private final Map<LineName, LineLook> looks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<LineName, LineLook> eldest) {
          return size() > MOST_LINES;
        }
      };

  QueueLooks(EngineParts parts, AttemptDurations durations) {
    this.parts = parts;
    this.durations = durations;
  }

  private record LineName(String type, List<String> gates) {}

  private record SeenLine(Map<TaskId, Integer> positions, LineForecast forecast) {}

  /// What was seen last, at which nano time.
  private static final class LineLook {
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SeenLine> last = Optional.empty();
    private boolean looked;
    private long at;
    // Guarded by the map of all.
    private long askedAt;
  }

  /// Returns the place of a task that waits for its turn or runs; empty for others, where fewer
  /// than 20 attempts of the type are known, and while the store cannot say.
  Optional<QueuePlace> place(TaskSummary task) {
    try {
      return switch (task.status()) {
        case QUEUED -> seen(task).flatMap(line -> waiting(task, line));
        case PROCESSING -> running(task);
        case COMPLETED, FAILED, CANCELLED -> Optional.empty();
      };
    } catch (StoreUnavailableException away) {
      return Optional.empty();
    }
  }

  private static Optional<QueuePlace> waiting(TaskSummary task, SeenLine line) {
    Integer position = line.positions().get(task.id());
    if (position == null) {
      return Optional.empty();
    }
    return Optional.of(
        new QueuePlace(
            new LinePosition(position, line.positions().size()),
            line.forecast().startsIn(position).orElse(null),
            line.forecast().endsIn(position).orElse(null)));
  }

  // When a later attempt began is not stored with its task.
  private Optional<QueuePlace> running(TaskSummary task) {
    Instant startedAt = task.timeline().startedAt();
    if (startedAt == null || task.activity().attempt() > 1) {
      return Optional.empty();
    }
    return seen(task)
        .flatMap(line -> line.forecast().restOf(age(startedAt)))
        .map(endsIn -> new QueuePlace(null, null, endsIn));
  }

  private Duration age(Instant since) {
    Duration age = Duration.between(since, parts.store().clock().instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private Optional<SeenLine> seen(TaskSummary task) {
    LineName name = new LineName(task.type(), task.submission().gates());
    LineLook look = lookAt(name);
    look.lock.lock();
    try {
      long now = parts.scheduler().nanoTime();
      if (!look.looked || now - look.at >= FRESH.toNanos()) {
        look.last = read(name);
        look.at = now;
        look.looked = true;
      }
      return look.last;
    } finally {
      look.lock.unlock();
    }
  }

  private LineLook lookAt(LineName name) {
    long now = parts.scheduler().nanoTime();
    synchronized (looks) {
      LineLook look = looks.computeIfAbsent(name, ignored -> new LineLook());
      look.askedAt = now;
      // A look holds up to 5,000 ids; the map has those first that were not asked for longest.
      Iterator<LineLook> oldest = looks.values().iterator();
      while (now - oldest.next().askedAt > FORGOTTEN_AFTER.toNanos()) {
        oldest.remove();
      }
      return look;
    }
  }

  private Optional<SeenLine> read(LineName name) {
    QueueStore store = parts.store().queue();
    List<Duration> here = durations.of(name.type());
    List<Duration> known = here.size() < FEWEST ? store.durations(name.type()) : here;
    if (known.size() < FEWEST) {
      return Optional.empty();
    }
    LineSnapshot line = store.line(name.type(), name.gates());
    Map<TaskId, Integer> positions = new HashMap<>();
    line.waiting().forEach(task -> positions.put(task, positions.size() + 1));
    List<Duration> ages = line.runningSince().stream().map(this::age).toList();
    LineForecast forecast = LineForecast.of(known, ages, closedFor(name), line.waiting().size());
    return Optional.of(new SeenLine(positions, forecast));
  }

  private Duration closedFor(LineName name) {
    return parts
        .store()
        .gates()
        .holding(name.gates())
        .flatMap(hold -> Optional.ofNullable(hold.until()))
        .map(until -> Duration.between(parts.store().clock().instant(), until))
        .filter(wait -> !wait.isNegative())
        .orElse(Duration.ZERO);
  }
}
