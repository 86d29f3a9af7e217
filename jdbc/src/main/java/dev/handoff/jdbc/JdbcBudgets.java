package dev.handoff.jdbc;

import dev.handoff.BudgetEntry;
import dev.handoff.BudgetExceededException;
import dev.handoff.Effect;
import dev.handoff.Lease;
import dev.handoff.Settlement;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.jdbc.BudgetTable.Reserved;
import dev.handoff.store.BudgetStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Accounts on either database. Safe for use by many threads.
final class JdbcBudgets implements BudgetStore {
  private static final int LONGEST = 200;

  private final BudgetTable table;
  private final TextForm texts;
  private final Supplier<Instant> now;
  private final Sessions sessions;

  JdbcBudgets(BudgetSql sql, TextForm texts, Supplier<Instant> now, Sessions sessions) {
    this.table = new BudgetTable(sql);
    this.texts = texts;
    this.now = now;
    this.sessions = sessions;
  }

  /// What is done with a session.
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  /// Where sessions come from: the caller's transaction where there is one.
  interface Sessions {
    /// Within a transaction; more than once when somebody else is in the way.
    <T> T write(Work<T> work);

    <T> T read(Work<T> work);
  }

  @Override
  public boolean add(String account, long units, String reference) {
    requireKey("account", account);
    requireKey("reference", reference);
    requireUnits(units);
    return sessions.write(session ->
        BudgetTable.add(session, new BudgetEntry(account, reference, units, "", now.get())));
  }

  @Override
  public Optional<Balance> balance(String account) {
    return sessions.read(session -> BudgetTable.balance(session, account));
  }

  @Override
  public List<BudgetEntry> entries(String account, int atMost) {
    if (atMost < 1 || atMost > TaskQuery.PAGE_LIMIT) {
      throw new IllegalArgumentException(
          "a page has 1 to " + TaskQuery.PAGE_LIMIT + " entries, was " + atMost);
    }
    return sessions.read(session -> BudgetTable.entries(session, account, atMost));
  }

  @Override
  public boolean reserve(TaskId task, String account, long units) {
    Settlement wanted = wanted(account, units);
    return granted(sessions.write(session -> table.reserve(session, task, wanted)), wanted);
  }

  @Override
  public boolean reserve(Lease lease, String account, long units) {
    Settlement wanted = wanted(account, units);
    return granted(sessions.write(session -> table.reserve(session, lease, wanted)), wanted);
  }

  private static Settlement wanted(String account, long units) {
    requireUnits(units);
    return new Settlement(account, units, "reserved");
  }

  private static boolean granted(Reserved reserved, Settlement wanted) {
    return switch (reserved.how()) {
      case GRANTED -> true;
      case NO_TASK -> false;
      case EXCEEDED ->
          throw new BudgetExceededException(wanted.account(), wanted.units(), reserved.available());
    };
  }

  /// The effects of an ending as these stores make them: settlements first, by account.
  ///
  /// @throws IllegalArgumentException when one is of an unknown kind
  List<SqlEffect> effects(TaskId task, List<Effect> effects) {
    if (effects.isEmpty()) {
      return List.of();
    }
    List<SqlEffect> writes = new ArrayList<>(effects.size());
    effects.stream()
        .filter(Settlement.class::isInstance)
        .map(Settlement.class::cast)
        .sorted(Comparator.comparing(Settlement::account))
        .forEach(settlement -> writes.add(new Settling(this, task, settlement)));
    writes.addAll(
        SqlEffect.all(effects.stream().filter(each -> !(each instanceof Settlement)).toList()));
    return writes;
  }

  /// A settlement as the effect that makes it. Equal ones are the same write, given again.
  record Settling(JdbcBudgets by, TaskId task, Settlement settlement) implements SqlEffect {
    String account() {
      return settlement.account();
    }

    @Override
    public void apply(Connection connection) throws SQLException {
      try (Session session = new Session(connection, by.texts)) {
        by.table.settle(session, task, settlement, by.now.get());
      }
    }
  }

  private static void requireUnits(long units) {
    if (units < 1 || units > LIMIT) {
      throw new IllegalArgumentException("units are 1 to " + LIMIT + ", were " + units);
    }
  }

  private static void requireKey(String name, String value) {
    if (value.isBlank() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          name + " has 1 to " + LONGEST + " characters and is not blank");
    }
  }
}
