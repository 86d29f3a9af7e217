package dev.handoff.testing.simulation;

import dev.handoff.BudgetEntry;
import dev.handoff.Budgets.Balance;
import dev.handoff.Settlement;
import dev.handoff.TaskId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The budget accounts of a [ModelDatabase]: balances, and reservations of tasks.
final class ModelAccounts {
  private static final Comparator<BudgetEntry> NEWEST_FIRST =
      Comparator.comparing(BudgetEntry::at).thenComparing(BudgetEntry::reference).reversed();

  private final UndoLog undo;
  private final Function<TaskId, Optional<ModelRow>> tasks;
  private final Map<String, Long> balances = new TreeMap<>();
  private final Map<String, Map<String, BudgetEntry>> entries = new TreeMap<>();
  private final Map<String, Map<TaskId, Held>> reservations = new TreeMap<>();

  /// A task's reservation in the retry round that began after this many attempts.
  private record Held(long units, int attemptsBefore) {}

  ModelAccounts(UndoLog undo, Function<TaskId, Optional<ModelRow>> tasks) {
    this.undo = undo;
    this.tasks = tasks;
  }

  boolean add(BudgetEntry entry) {
    Map<String, BudgetEntry> lines =
        entries.computeIfAbsent(entry.account(), ignored -> new TreeMap<>());
    boolean isNew = !lines.containsKey(entry.reference());
    if (isNew) {
      undo.put(lines, entry.reference(), entry);
      undo.put(
          balances, entry.account(), balances.getOrDefault(entry.account(), 0L) + entry.units());
    }
    return isNew;
  }

  Optional<Balance> balance(String account) {
    return Optional.ofNullable(balances.get(account))
        .map(units -> new Balance(units, reserved(account)));
  }

  List<BudgetEntry> entries(String account, int atMost) {
    return entries.getOrDefault(account, Map.of()).values().stream()
        .sorted(NEWEST_FIRST)
        .limit(atMost)
        .toList();
  }

  /// How much of the account this task may hold.
  long available(TaskId task, String account) {
    long others = reserved(account) - held(task, account);
    return Math.max(0, balances.getOrDefault(account, 0L) - others);
  }

  /// How much of the account this task holds.
  long held(TaskId task, String account) {
    Held held = reservations.getOrDefault(account, Map.of()).get(task);
    return held != null && counts(task, held) ? held.units() : 0;
  }

  private long reserved(String account) {
    long sum = 0;
    for (Map.Entry<TaskId, Held> each : reservations.getOrDefault(account, Map.of()).entrySet()) {
      sum += counts(each.getKey(), each.getValue()) ? each.getValue().units() : 0;
    }
    return sum;
  }

  // A reservation lives as long as its task is open, and not longer than its round.
  private boolean counts(TaskId task, Held held) {
    return tasks
        .apply(task)
        .filter(row -> row.isOpen() && row.round().attemptsBefore() == held.attemptsBefore())
        .isPresent();
  }

  void hold(ModelRow row, String account, long units) {
    Map<TaskId, Held> all =
        reservations.computeIfAbsent(account, ignored -> new TreeMap<>(TaskIndex.BY_ID));
    List<TaskId> over =
        all.entrySet().stream()
            .filter(each -> !counts(each.getKey(), each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(task -> release(all, task));
    undo.put(all, row.given().id(), new Held(units, row.round().attemptsBefore()));
  }

  /// Settles from the available balance, once for each task.
  void settle(TaskId task, Settlement settlement, Instant now) {
    String account = settlement.account();
    long taken = Math.min(available(task, account), settlement.units());
    if (taken > 0) {
      var ignored = add(new BudgetEntry(account, task.toString(), -taken, settlement.note(), now));
    }
    release(reservations.getOrDefault(account, Map.of()), task);
  }

  /// Drops what a deleted task held.
  void forget(TaskId task) {
    reservations.values().forEach(held -> release(held, task));
  }

  private void release(Map<TaskId, Held> held, TaskId task) {
    if (held.containsKey(task)) {
      undo.remove(held, task);
    }
  }

  void copyFrom(ModelAccounts other) {
    balances.clear();
    entries.clear();
    reservations.clear();
    balances.putAll(other.balances);
    other.entries.forEach((account, lines) -> entries.put(account, new TreeMap<>(lines)));
    other.reservations.forEach((account, held) -> {
      Map<TaskId, Held> copy = new TreeMap<>(TaskIndex.BY_ID);
      copy.putAll(held);
      reservations.put(account, copy);
    });
  }
}
