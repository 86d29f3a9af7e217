package dev.handoff.jdbc.row;

import dev.handoff.store.ClaimRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Which lines of gated tasks have waiting tasks, and when each is worth a look, so that a claim
/// does not ask for lines that cannot start. What it knows may be old: a line that is wrongly held
/// back is looked at again within a second, and one that it does not know is found by a look at the
/// database. Safe for use by many threads.
public final class GateLines {
  /// The most lines that are remembered, about 30 MB; the others are found when these are done.
  private static final int LIMIT = 100_000;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// How long at most until a line is looked at again: another node may have opened its gate.
  private static final Duration DOUBTED_AFTER = Duration.ofSeconds(1);

  /// Hints of other nodes come for every kind of work, so they let all lines start only so often.
  private static final Duration BETWEEN_HINTS = Duration.ofMillis(50);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<GatedLine, WaitingLine> lines = new LinkedHashMap<>();
  private final Map<String, Set<GatedLine>> blockedBy = new HashMap<>();
  private long stamps;
  private boolean complete = true;
  private boolean hinted = true;
  private boolean seen;
  private Instant lookedAt = Instant.MIN;
  private Instant retriedAllAt = Instant.MIN;
  private Instant retryAllAt = Instant.MAX;

  /// A line with waiting tasks. The stamp changes with each new task.
  public record KnownLine(GatedLine line, long stamp) {}

  private record WaitingLine(long stamp, Instant retryAt) {
    WaitingLine retriedAt(Instant at) {
      return new WaitingLine(stamp, at);
    }
  }

  /// Notes that a task of this line waits.
  public void waits(GatedLine line) {
    lock.lock();
    try {
      seen = true;
      WaitingLine before = lines.get(line);
      if (before == null && lines.size() >= LIMIT) {
        complete = false;
      } else {
        lines.put(line, new WaitingLine(++stamps, before == null ? Instant.MIN : before.retryAt()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Notes a line that was found in the database, if it is not known.
  public void found(GatedLine line) {
    lock.lock();
    try {
      if (!lines.containsKey(line)) {
        waits(line);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Notes that gates were changed on this node: every line may start.
  public void changed() {
    lock.lock();
    try {
      retryAllAt = Instant.MIN;
    } finally {
      lock.unlock();
    }
  }

  /// Notes that something happened on another node: new tasks, free places, other gates.
  void hinted() {
    lock.lock();
    try {
      hinted = true;
      Instant at =
          retriedAllAt.equals(Instant.MIN) ? retriedAllAt : retriedAllAt.plus(BETWEEN_HINTS);
      retryAllAt = at.isBefore(retryAllAt) ? at : retryAllAt;
    } finally {
      lock.unlock();
    }
  }

  /// Notes that these gates have free places.
  void freed(Set<String> gates) {
    lock.lock();
    try {
      for (String gate : gates) {
        Set<GatedLine> blocked = blockedBy.remove(gate);
        if (blocked != null) {
          blocked.forEach(line -> retryAt(line, Instant.MIN));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void retryAt(GatedLine line, Instant at) {
    var ignored = lines.computeIfPresent(line, (unusedLine, waiting) -> waiting.retriedAt(at));
  }

  /// Notes that this line cannot start before then.
  public void blocked(GatedLine line, Instant until, Instant now) {
    Instant doubted = now.plus(DOUBTED_AFTER);
    lock.lock();
    try {
      retryAt(line, until.isBefore(doubted) ? until : doubted);
      line.names()
          .forEach(gate -> blockedBy.computeIfAbsent(gate, ignored -> new HashSet<>()).add(line));
    } finally {
      lock.unlock();
    }
  }

  /// Forgets a line that was found empty, unless a task came since.
  void empty(KnownLine known) {
    lock.lock();
    try {
      WaitingLine waiting = lines.get(known.line());
      if (waiting != null && waiting.stamp() == known.stamp()) {
        lines.remove(known.line());
        for (String gate : known.line().names()) {
          blockedBy.getOrDefault(gate, new HashSet<>()).remove(known.line());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns lines of these types that may start now, and moves them behind the others.
  List<KnownLine> eligible(Set<String> types, Instant now, int atMost) {
    lock.lock();
    try {
      retryAll(now);
      List<KnownLine> eligible = new ArrayList<>();
      for (Map.Entry<GatedLine, WaitingLine> each : lines.entrySet()) {
        if (eligible.size() < atMost
            && types.contains(each.getKey().type())
            && !each.getValue().retryAt().isAfter(now)) {
          eligible.add(new KnownLine(each.getKey(), each.getValue().stamp()));
        }
      }
      for (KnownLine known : eligible) {
        lines.remove(known.line());
        lines.put(known.line(), new WaitingLine(known.stamp(), Instant.MIN));
      }
      return eligible;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether a line of these types may start now.
  public boolean mayStart(List<ClaimRequest.Room> rooms, Instant now) {
    return next(rooms.stream().map(ClaimRequest.Room::type).toList(), now)
        .filter(at -> !at.isAfter(now))
        .isPresent();
  }

  private void retryAll(Instant now) {
    if (!retryAllAt.isAfter(now)) {
      retryAllAt = Instant.MAX;
      retriedAllAt = now;
      blockedBy.clear();
      lines.replaceAll((ignored, waiting) -> waiting.retriedAt(Instant.MIN));
    }
  }

  /// Returns when the first line of these types is worth a look.
  Optional<Instant> next(Collection<String> types, Instant now) {
    Set<String> asked = Set.copyOf(types);
    lock.lock();
    try {
      return lines.entrySet().stream()
          .filter(each -> asked.contains(each.getKey().type()))
          .map(each -> each.getValue().retryAt())
          .min(Instant::compareTo)
          .map(at -> at.isBefore(retryAllAt) ? at : retryAllAt)
          .map(at -> at.isBefore(now) ? now : at);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the earlier of this time and when the first line of these types is worth a look.
  public Optional<Instant> earlier(Optional<Instant> due, Collection<String> types, Instant now) {
    return Stream.of(due, next(types, now)).flatMap(Optional::stream).min(Instant::compareTo);
  }

  /// Returns whether a claim that found nothing should look for lines of other nodes' tasks.
  public boolean isHinted() {
    lock.lock();
    try {
      return hinted;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether it is time to look for lines whose hints were lost. Not before the first gate
  /// is seen, or another node has done something.
  public boolean isLookDue(Instant now) {
    lock.lock();
    try {
      return (!complete && lines.size() < LIMIT / 2)
          || ((seen || hinted)
              && (lookedAt.equals(Instant.MIN) || !now.isBefore(lookedAt.plus(LOOK_EVERY))));
    } finally {
      lock.unlock();
    }
  }

  /// Begins a look at the database, which finds what was committed before.
  public void lookBegins(Instant now) {
    lock.lock();
    try {
      hinted = false;
      complete = true;
      lookedAt = now;
    } finally {
      lock.unlock();
    }
  }
}
