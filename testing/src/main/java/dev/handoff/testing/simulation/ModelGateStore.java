package dev.handoff.testing.simulation;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.TaskGate;
import dev.handoff.TaskQuery;
import dev.handoff.testing.simulation.ModelBudgets.BudgetAccess;
import dev.handoff.testing.simulation.ModelGates.ModelGate;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The gates of a [ModelTaskStore].
final class ModelGateStore implements Gates {
  private final BudgetAccess access;

  ModelGateStore(BudgetAccess access) {
    this.access = access;
  }

  @Override
  public void set(String name, GateLimits limits) {
    Gates.requireFamilyOrName(name);
    var ignored = access.write(write -> changed(write, name, gate(write, name).with(limits)));
  }

  @Override
  public void close(String name, Instant until, String reason) {
    Gates.requireName(name);
    var ignored =
        access.write(write -> {
          if (until.isAfter(write.now().plus(LONGEST_CLOSING))) {
            throw new IllegalArgumentException("a gate is closed for at most " + LONGEST_CLOSING);
          }
          Closing closing = new Closing(ModelTimes.kept(until), reason);
          return changed(write, name, gate(write, name).with(closing));
        });
  }

  @Override
  public boolean open(String name) {
    Gates.requireName(name);
    return access.write(write -> {
      ModelGate gate = gate(write, name);
      return gate.isClosed(write.now()) && changed(write, name, gate.with((Closing) null));
    });
  }

  @Override
  public boolean remove(String name) {
    Gates.requireFamilyOrName(name);
    return access.write(write -> {
      boolean there = write.tables().gates().find(name).isPresent();
      write.tables().gates().remove(name);
      write.commit().tasksMayStart();
      return there;
    });
  }

  @Override
  public Optional<GateState> find(String name) {
    Gates.requireFamilyOrName(name);
    return access.read(
        read -> read.tables().gates().find(name).map(gate -> state(read, name, gate)));
  }

  @Override
  public List<GateState> list(String after, int atMost) {
    if (atMost < 1 || atMost > TaskQuery.PAGE_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + TaskQuery.PAGE_LIMIT + " gates");
    }
    return access.read(read ->
        read.tables().gates().all().tailMap(after, false).entrySet().stream()
            .limit(atMost)
            .map((Map.Entry<String, ModelGate> each) -> state(read, each.getKey(), each.getValue()))
            .toList());
  }

  @Override
  public Optional<Hold> holding(Collection<String> names) {
    List<String> gates = Gates.requireGates(names);
    return access.read(read ->
        gates.stream()
            .map(gate -> read.tables().gates().hold(read.tables(), gate, read.now()))
            .flatMap(Optional::stream)
            .max(
                Comparator.comparing(
                    Hold::until, Comparator.nullsFirst(Comparator.naturalOrder()))));
  }

  private static GateState state(ModelWrite read, String name, ModelGate gate) {
    return new GateState(
        name,
        gate.limits(),
        gate.isClosed(read.now()) ? gate.closing() : null,
        ModelGates.running(read.tables(), name));
  }

  private static ModelGate gate(ModelWrite write, String name) {
    return write.tables().gates().of(name);
  }

  private static boolean changed(ModelWrite write, String name, ModelGate gate) {
    write.tables().gates().put(name, gate);
    write.commit().tasksMayStart();
    return true;
  }

  @Override
  public TaskGate gate(String name) {
    Gates.requireName(name);
    return new TaskGate() {
      @Override
      public void closeUntil(Instant until, String reason) {
        var ignored =
            access.write(write -> {
              Instant longest = write.now().plus(LONGEST_CLOSING);
              Instant at = ModelTimes.kept(until.isAfter(longest) ? longest : until);
              ModelGate gate = ModelGateStore.gate(write, name);
              Closing before = gate.closing();
              return (before == null || before.until().isBefore(at))
                  && changed(write, name, gate.with(new Closing(at, reason)));
            });
      }

      @Override
      public void spend(long units) {
        if (units < 1 || units > GateLimits.Rate.MAX_COUNT) {
          throw new IllegalArgumentException("units are 1 to " + GateLimits.Rate.MAX_COUNT);
        }
        var ignored =
            access.write(write -> {
              write.tables().gates().spend(name, units, write.now());
              return true;
            });
      }
    };
  }
}
