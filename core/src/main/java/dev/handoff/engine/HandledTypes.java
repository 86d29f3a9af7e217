package dev.handoff.engine;

import dev.handoff.HandledType;
import dev.handoff.Role;
import dev.handoff.TaskType;
import dev.handoff.WhenNoWorker;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The task types of a node, by name. They are collected when they are first needed, so that what
/// makes handlers may need the engine. Safe for use by many threads.
final class HandledTypes {
  private final Supplier<? extends Collection<HandledType<?, ?>>> given;
  private final Role role;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Map<String, HandledType<?, ?>> byName;

  HandledTypes(Supplier<? extends Collection<HandledType<?, ?>>> given, Role role) {
    this.given = given;
    this.role = role;
  }

  /// Returns all types, in the order in which they were given.
  ///
  /// @throws IllegalArgumentException when two types have the same name
  Map<String, HandledType<?, ?>> all() {
    Map<String, HandledType<?, ?>> collected = byName;
    if (collected != null) {
      return collected;
    }
    lock.lock();
    try {
      Map<String, HandledType<?, ?>> first = byName;
      if (first == null) {
        first = byName(given.get());
        byName = first;
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, HandledType<?, ?>> byName(Collection<HandledType<?, ?>> types) {
    Map<String, HandledType<?, ?>> byName = new LinkedHashMap<>();
    for (HandledType<?, ?> handled : types) {
      if (byName.put(handled.type().name(), handled) != null) {
        throw new IllegalArgumentException(
            "two task types are named '" + handled.type().name() + "'; give one another name");
      }
    }
    // In their order: a seeded run must not depend on the hashes of this process.
    return Collections.unmodifiableMap(byName);
  }

  /// Returns the type with this name.
  @Nullable HandledType<?, ?> find(String name) {
    return all().get(name);
  }

  /// Returns the types that this node claims: all of them on a worker. Any other node claims, while
  /// there is no worker, the retried and rescued tasks of those that may run in the caller.
  List<TaskType<?, ?>> claimed() {
    return all().values().stream()
        .filter(handled -> handled.isHandled() && (role.runsTasks() || runsInCaller(handled)))
        .<TaskType<?, ?>>map(HandledType::type)
        .toList();
  }

  /// Returns the names of the types that this node claims as a worker; empty while the types are
  /// not collected.
  Optional<Set<String>> claimedNames() {
    Map<String, HandledType<?, ?>> collected = byName;
    return collected == null
        ? Optional.empty()
        : Optional.of(
            collected.values().stream()
                .filter(handled -> role.runsTasks() && handled.isHandled())
                .map(handled -> handled.type().name())
                .collect(Collectors.toSet()));
  }

  /// Returns whether the submitting thread runs tasks of this type where there is no worker.
  boolean runsInCaller(String type) {
    HandledType<?, ?> handled = find(type);
    return handled != null && runsInCaller(handled);
  }

  private static boolean runsInCaller(HandledType<?, ?> handled) {
    return handled.isHandled()
        && handled.type().policy().whenNoWorker() == WhenNoWorker.RUN_IN_CALLER;
  }
}
