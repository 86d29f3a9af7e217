package dev.handoff.jdbc.row;

import dev.handoff.BudgetEntry;
import dev.handoff.BudgetExceededException;
import dev.handoff.Effect;
import dev.handoff.Lease;
import dev.handoff.Settlement;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.jdbc.row.BudgetTable.Reserved;
import dev.handoff.jdbc.sql.ConnectionEffect;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.SqlWork;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.store.BudgetStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The accounts of a store. Safe for use by many threads.
public final class JdbcBudgets implements BudgetStore {
  private static final int LONGEST = 200;

  private final BudgetTable table;
  private final TextForm texts;
  private final Supplier<Instant> now;
  private final SessionSource sessions;

  public JdbcBudgets(BudgetSql sql, TextForm texts, Supplier<Instant> now, SessionSource sessions) {
    this.table = new BudgetTable(sql);
    this.texts = texts;
    this.now = now;
    this.sessions = sessions;
  }

  /// The connection of the caller's transaction, to read and to write; empty outside of one. To
  /// write in a read-only transaction is refused.
  public record CallerConnections(
      Supplier<Optional<Connection>> reading, Supplier<Optional<Connection>> writing) {
    /// For calls that are in no transaction of the caller.
    public static final CallerConnections NONE =
        new CallerConnections(Optional::empty, Optional::empty);
  }

  /// Opens sessions, in the caller's transaction if there is one.
  public interface SessionSource {
    /// Runs in a transaction, again after a conflict.
    <T> T write(SqlWork<T> work);

    <T> T read(SqlWork<T> work);
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

  /// Returns the effects of an end: settlements first, ordered by account.
  ///
  /// @throws IllegalArgumentException when one is of an unknown kind
  public List<ConnectionEffect> effects(TaskId task, List<Effect> effects) {
    if (effects.isEmpty()) {
      return List.of();
    }
    List<ConnectionEffect> writes = new ArrayList<>(effects.size());
    effects.stream()
        .filter(Settlement.class::isInstance)
        .map(Settlement.class::cast)
        .sorted(Comparator.comparing(Settlement::account))
        .forEach(settlement -> writes.add(new Settling(this, task, settlement)));
    writes.addAll(
        ConnectionEffect.all(
            effects.stream().filter(each -> !(each instanceof Settlement)).toList()));
    return writes;
  }

  /// A settlement as an effect. Equal ones are the same write, given again.
  public record Settling(JdbcBudgets by, TaskId task, Settlement settlement)
      implements ConnectionEffect {
    public String account() {
      return settlement.account();
    }

    @Override
    public void apply(Connection connection) throws SQLException {
      try (SqlSession session = new SqlSession(connection, by.texts)) {
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
