package dev.handoff.testing.simulation;

import dev.handoff.BudgetEntry;
import dev.handoff.BudgetExceededException;
import dev.handoff.Budgets;
import dev.handoff.Lease;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.store.BudgetStore;
import dev.handoff.testing.simulation.ModelWrite.Operation;
import java.util.List;
import java.util.Optional;

/// The accounts as one store sees them: in the application's transaction where there is one.
final class ModelBudgets implements BudgetStore {
  private static final int LONGEST = 200;

  private final BudgetAccess sessions;

  ModelBudgets(BudgetAccess sessions) {
    this.sessions = sessions;
  }

  interface BudgetAccess {
    <T> T write(Operation<T> operation);

    <T> T read(Operation<T> operation);
  }

  @Override
  public boolean add(String account, long units, String reference) {
    requireName("account", account);
    requireName("reference", reference);
    requireUnits(units);
    return sessions.write(write ->
        write.tables().accounts().add(new BudgetEntry(account, reference, units, "", write.now())));
  }

  @Override
  public Optional<Balance> balance(String account) {
    return sessions.read(read -> read.tables().accounts().balance(account));
  }

  @Override
  public List<BudgetEntry> entries(String account, int atMost) {
    if (atMost < 1 || atMost > TaskQuery.PAGE_LIMIT) {
      throw new IllegalArgumentException(
          "a page has 1 to " + TaskQuery.PAGE_LIMIT + " entries, was " + atMost);
    }
    return sessions.read(read -> read.tables().accounts().entries(account, atMost));
  }

  // For a submitter: replaces an earlier reservation.
  @Override
  public boolean reserve(TaskId task, String account, long units) {
    requireUnits(units);
    return sessions.write(write -> {
      Optional<ModelRow> open = write.tables().row(task).filter(ModelRow::isOpen);
      open.ifPresent(row -> hold(write, row, account, units));
      return open.isPresent();
    });
  }

  // For an attempt: keeps an earlier reservation.
  @Override
  public boolean reserve(Lease lease, String account, long units) {
    requireUnits(units);
    return sessions.write(write -> {
      Optional<ModelRow> held = ModelAttempts.held(write, lease);
      held.filter(ignored -> write.tables().accounts().held(lease.task(), account) < units)
          .ifPresent(row -> hold(write, row, account, units));
      return held.isPresent();
    });
  }

  private static void hold(ModelWrite write, ModelRow row, String account, long units) {
    ModelAccounts accounts = write.tables().accounts();
    long available = accounts.available(row.given().id(), account);
    if (available < units) {
      throw new BudgetExceededException(account, units, available);
    }
    accounts.hold(row, account, units);
  }

  private static void requireUnits(long units) {
    if (units < 1 || units > Budgets.LIMIT) {
      throw new IllegalArgumentException("units are 1 to " + Budgets.LIMIT + ", were " + units);
    }
  }

  private static void requireName(String name, String value) {
    if (value.isBlank() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          name + " has 1 to " + LONGEST + " characters and is not blank");
    }
  }
}
