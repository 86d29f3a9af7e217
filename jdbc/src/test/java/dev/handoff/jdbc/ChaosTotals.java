package dev.handoff.jdbc;

import dev.handoff.Budgets.Balance;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.jdbc.ChaosSubmits.AcknowledgedSubmit;
import dev.handoff.store.TaskStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must be true of all tasks of [ChaosTest] together: what was acknowledged, what was stored
/// whole, and what was paid. Says what is not.
final class ChaosTotals {
  static final long OPENING = 1_000_000_000;

  private final TaskStore store;
  private final ChaosServer server;
  private final ChaosSubmits submits;
  private final Map<TaskId, Task> stored;
  private final Map<String, String> requests = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  /// `stored` are all tasks that there are.
  ChaosTotals(TaskStore store, ChaosServer server, ChaosSubmits submits, Map<TaskId, Task> stored) {
    this.store = store;
    this.server = server;
    this.submits = submits;
    this.stored = stored;
  }

  List<String> check() throws SQLException {
    for (String line : server.list("select task_id || ' ' || request from handoff_submitted")) {
      String[] parts = line.split(" ", 2);
      requests.put(parts[0], parts[1]);
    }
    submits.told().forEach(this::checkTold);
    checkWhole();
    checkOrders();
    checkCounter();
    checkAccounts();
    return wrong;
  }

  // A joined task is an equal one of the same owner.
  private void checkTold(AcknowledgedSubmit told) {
    Task task = stored.get(told.id());
    if (task == null) {
      wrong.add("lost: " + told);
      return;
    }
    Submission asked = told.submission();
    Submission found = task.submission();
    boolean same =
        task.type().equals(told.kind().typeName())
            && found.owner().equals(asked.owner())
            && found.tenantName().equals(asked.tenantName())
            && told.request().equals(requests.get(task.id().toString()));
    if (!same || (!told.kind().isShared() && !found.equals(asked))) {
      wrong.add("told: " + told + " is " + task);
    }
  }

  // The tasks of a call exist all or none, acknowledged or not.
  private void checkWhole() {
    Map<String, Integer> counts = new HashMap<>();
    for (String request : requests.values()) {
      counts.merge(request.split(" ", 2)[0], 1, Integer::sum);
    }
    submits
        .sizes()
        .forEach((tag, size) -> {
          int count = counts.getOrDefault(tag, 0);
          if (count != 0 && count != size) {
            wrong.add("part: of batch " + tag + " there are " + count + " of " + size);
          }
        });
  }

  // What the application wrote in the transaction of a submit is there exactly with its tasks.
  private void checkOrders() throws SQLException {
    List<String> rows = server.list("select task from chaos_order");
    Set<String> orders = new HashSet<>(rows);
    Set<String> tasks =
        new HashSet<>(server.list("select task_id from handoff_submitted where request like 't%'"));
    if (rows.size() != orders.size() || !orders.equals(tasks)) {
      wrong.add("orders: " + rows.size() + " for " + tasks.size() + " tasks");
    }
  }

  private void checkCounter() throws SQLException {
    long completed = completed(ChaosKind.COUNTED).size();
    long count = Long.parseLong(server.ask("select count from chaos_counter"));
    if (count != completed) {
      wrong.add("counter: is " + count + ", completed are " + completed);
    }
  }

  private void checkAccounts() throws SQLException {
    Map<String, Long> paid = new HashMap<>();
    Set<String> payers = new HashSet<>();
    for (ChaosKind kind : ChaosKind.values()) {
      if (kind.isPaid()) {
        for (TaskId task : completed(kind)) {
          payers.add(task.toString());
          paid.merge(ChaosKind.account(task), ChaosKind.SETTLED, Long::sum);
        }
      }
    }
    for (String account : ChaosKind.ACCOUNTS) {
      Balance expected = new Balance(OPENING - paid.getOrDefault(account, 0L), 0);
      if (!store.budgets().balance(account).orElseThrow().equals(expected)) {
        wrong.add("account: " + account + " " + store.budgets().balance(account) + ", " + expected);
      }
    }
    List<String> entries =
        server.list("select reference from handoff_budget_entry where units < 0");
    if (entries.size() != payers.size() || !payers.equals(new HashSet<>(entries))) {
      wrong.add("entries: " + entries.size() + " for " + payers.size() + " tasks");
    }
  }

  private List<TaskId> completed(ChaosKind kind) {
    return stored.values().stream()
        .filter(task -> task.type().equals(kind.typeName()))
        .filter(task -> task.state() instanceof Completed)
        .map(Task::id)
        .toList();
  }
}
