package dev.handoff.testing.simulation;

import dev.handoff.GateLimits;
import dev.handoff.GateLimits.Rate;
import dev.handoff.Gates.Closing;
import dev.handoff.Gates.Hold;
import dev.handoff.TaskState.Processing;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The gates of a [ModelDatabase]. Places are counted over all running tasks.
final class ModelGates {
  private final UndoLog undo;
  private final NavigableMap<String, ModelGate> gates = new TreeMap<>();

  ModelGates(UndoLog undo) {
    this.undo = undo;
  }

  /// A gate that was set, closed or used. What was started and spent of its rates counts until
  /// these times.
  record ModelGate(
      GateLimits limits, @Nullable Closing closing, Instant startsUntil, Instant unitsUntil) {
    static final ModelGate NEW = new ModelGate(GateLimits.NONE, null, Instant.EPOCH, Instant.EPOCH);

    ModelGate with(GateLimits limits) {
      return new ModelGate(limits, closing, startsUntil, unitsUntil);
    }

    ModelGate with(@Nullable Closing closing) {
      return new ModelGate(limits, closing, startsUntil, unitsUntil);
    }

    boolean isClosed(Instant now) {
      return closing != null && closing.until().isAfter(now);
    }
  }

  Optional<ModelGate> find(String name) {
    return Optional.ofNullable(gates.get(name));
  }

  ModelGate of(String name) {
    return gates.getOrDefault(name, ModelGate.NEW);
  }

  NavigableMap<String, ModelGate> all() {
    return gates;
  }

  void put(String name, ModelGate gate) {
    undo.put(gates, name, gate);
  }

  void remove(String name) {
    undo.remove(gates, name);
  }

  /// Returns the limits that count for a gate: its own, or those of its longest family.
  GateLimits limits(String name) {
    GateLimits own = of(name).limits();
    if (!own.equals(GateLimits.NONE)) {
      return own;
    }
    int colon = name.lastIndexOf(':');
    while (colon >= 0) {
      GateLimits family = of(name.substring(0, colon + 1) + "*").limits();
      if (!family.equals(GateLimits.NONE)) {
        return family;
      }
      colon = name.lastIndexOf(':', colon - 1);
    }
    return GateLimits.NONE;
  }

  static int running(ModelTables tables, String gate) {
    int running = 0;
    for (ModelRow row : tables.rows().values()) {
      if (row.task().state() instanceof Processing
          && row.given().submission().gates().contains(gate)) {
        running++;
      }
    }
    return running;
  }

  /// Returns how many tasks could start through this gate alone.
  long room(ModelTables tables, String name, Instant now) {
    ModelGate gate = of(name);
    GateLimits limits = limits(name);
    long room = gate.isClosed(now) ? 0 : Long.MAX_VALUE;
    if (limits.concurrency() != null) {
      room = Math.min(room, limits.concurrency() - running(tables, name));
    }
    if (limits.starts() != null) {
      room = Math.min(room, fitting(limits.starts(), gate.startsUntil(), now));
    }
    if (limits.units() != null && fitting(limits.units(), gate.unitsUntil(), now) < 1) {
      room = 0;
    }
    return Math.max(0, room);
  }

  /// Returns what keeps a task from passing this gate now.
  Optional<Hold> hold(ModelTables tables, String name, Instant now) {
    if (room(tables, name, now) > 0) {
      return Optional.empty();
    }
    ModelGate gate = of(name);
    Instant until = gate.closing() == null ? now : gate.closing().until();
    until = later(until, freeAt(limits(name).starts(), gate.startsUntil()));
    until = later(until, freeAt(limits(name).units(), gate.unitsUntil()));
    return Optional.of(new Hold(name, until.isAfter(now) ? ModelTimes.kept(until) : null));
  }

  private static Instant freeAt(@Nullable Rate rate, Instant usedUntil) {
    return rate == null
        ? Instant.EPOCH
        : usedUntil.minus(rate.per()).plus(rate.per().dividedBy(rate.count()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// Counts a start.
  void started(String name, Instant now) {
    Rate starts = limits(name).starts();
    if (starts != null) {
      ModelGate gate = of(name);
      put(
          name,
          new ModelGate(
              gate.limits(),
              gate.closing(),
              used(starts, gate.startsUntil(), 1, now),
              gate.unitsUntil()));
    }
  }

  void spend(String name, long units, Instant now) {
    Rate rate = limits(name).units();
    if (rate != null) {
      ModelGate gate = of(name);
      put(
          name,
          new ModelGate(
              gate.limits(),
              gate.closing(),
              gate.startsUntil(),
              used(rate, gate.unitsUntil(), units, now)));
    }
  }

  // One use costs a share of the period; as many fit as shares are left of one period.
  private static long fitting(Rate rate, Instant usedUntil, Instant now) {
    Duration ahead = usedUntil.isAfter(now) ? Duration.between(now, usedUntil) : Duration.ZERO;
    double left = rate.per().minus(ahead).toNanos();
    return (long) Math.floor(left * rate.count() / rate.per().toNanos() + 1e-6);
  }

  private static Instant used(Rate rate, Instant usedUntil, long uses, Instant now) {
    Instant from = usedUntil.isAfter(now) ? usedUntil : now;
    double nanos = (double) uses * rate.per().toNanos() / rate.count();
    return from.plusNanos((long) Math.min(nanos, (double) Duration.ofDays(366).toNanos()));
  }

  void copyFrom(ModelGates other) {
    gates.clear();
    gates.putAll(other.gates);
  }
}
