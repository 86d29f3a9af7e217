package dev.handoff.jdbc.row;

import dev.handoff.BudgetEntry;
import dev.handoff.Budgets.Balance;
import dev.handoff.Lease;
import dev.handoff.Settlement;
import dev.handoff.TaskId;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads and writes accounts, with a few statements that differ between the databases.
///
/// The lock order is task, account: a reservation locks its task's row before the account's, as an
/// end does. If one transaction settles several accounts, they are locked first, in the order of
/// their names.
public final class BudgetTable {
  static final String ADD_ENTRY =
      """
      insert into handoff_budget_entry (account, reference, units, note, at)
      values (:account, :reference, :units, :note, :at)
      on conflict (account, reference) do nothing
      """;

  static final String ADD_UNITS =
      """
      insert into handoff_budget (account, balance) values (:account, :units)
      on conflict (account) do update set balance = handoff_budget.balance + excluded.balance
      """;

  static final String TAKE_UNITS =
      "update handoff_budget set balance = balance - :units where account = :account";

  static final String SELECT_BALANCE =
      """
      select b.balance, (
        select cast(coalesce(sum(r.units), 0) as bigint)
        from handoff_reservation r
        join handoff_task t on t.id = r.task_id
        where r.account = b.account and t.state in ('queued', 'processing')
          and t.tried_before = r.tried_before
      ) as reserved
      from handoff_budget b
      where b.account = :account
      """;

  static final String SELECT_ENTRIES =
      """
      select * from handoff_budget_entry
      where account = :account
      order by at desc, reference desc
      limit :at_most
      """;

  static final String DELETE_DEAD =
      """
      delete from handoff_reservation
      where account = :account and not exists (
        select 1 from handoff_task t
        where t.id = handoff_reservation.task_id and t.state in ('queued', 'processing')
          and t.tried_before = handoff_reservation.tried_before)
      """;

  /// Once the expired ones are deleted.
  static final String SELECT_RESERVED =
      """
      select cast(coalesce(sum(units), 0) as bigint) as units
      from handoff_reservation where account = :account
      """;

  private final BudgetSql sql;

  BudgetTable(BudgetSql sql) {
    this.sql = sql;
  }

  /// The result of a reservation. It is a value, because an exception on the store's thread would
  /// undo the group's other writes.
  record Reserved(ReservationStatus how, long available) {
    enum ReservationStatus {
      GRANTED,
      NO_TASK,
      EXCEEDED
    }
  }

  static boolean add(SqlSession session, BudgetEntry entry) throws SQLException {
    return addEntry(session, entry)
        && session
                .sql(ADD_UNITS)
                .set("account", entry.account())
                .set("units", entry.units())
                .update()
            == 1;
  }

  private static boolean addEntry(SqlSession session, BudgetEntry entry) throws SQLException {
    return session
            .sql(ADD_ENTRY)
            .set("account", entry.account())
            .set("reference", entry.reference())
            .set("units", entry.units())
            .set("note", entry.note())
            .set("at", entry.at())
            .update()
        == 1;
  }

  static Optional<Balance> balance(SqlSession session, String account) throws SQLException {
    return session
        .sql(SELECT_BALANCE)
        .set("account", account)
        .first(row -> new Balance(row.number("balance"), row.number("reserved")));
  }

  static List<BudgetEntry> entries(SqlSession session, String account, int atMost)
      throws SQLException {
    return session
        .sql(SELECT_ENTRIES)
        .set("account", account)
        .set("at_most", atMost)
        .list(row ->
            new BudgetEntry(
                row.text("account"),
                row.text("reference"),
                row.number("units"),
                row.text("note"),
                row.time("at")));
  }

  /// For an attempt: keeps an earlier reservation.
  Reserved reserve(SqlSession session, Lease lease, Settlement wanted) throws SQLException {
    Optional<Long> round =
        session
            .sql(sql.lockHeld())
            .set("id", lease.task().toString())
            .set("fence", lease.fence())
            .set("node", lease.node().value())
            .first(row -> row.number("tried_before"));
    return round.isEmpty()
        ? new Reserved(Reserved.ReservationStatus.NO_TASK, 0)
        : reserve(session, new ReservationRequest(lease.task(), wanted, round.get(), true));
  }

  /// For a submitter: replaces an earlier reservation.
  Reserved reserve(SqlSession session, TaskId task, Settlement wanted) throws SQLException {
    Optional<Long> round =
        session
            .sql(sql.lockOpen())
            .set("id", task.toString())
            .first(row -> row.number("tried_before"));
    return round.isEmpty()
        ? new Reserved(Reserved.ReservationStatus.NO_TASK, 0)
        : reserve(session, new ReservationRequest(task, wanted, round.get(), false));
  }

  private record ReservationRequest(TaskId task, Settlement wanted, long round, boolean orMore) {}

  private Reserved reserve(SqlSession session, ReservationRequest asked) throws SQLException {
    String account = asked.wanted().account();
    Optional<Long> balance = lockedBalance(session, account);
    session.sql(DELETE_DEAD).set("account", account).update();
    long own =
        session
            .sql(sql.selectOwn())
            .set("id", asked.task().toString())
            .set("account", account)
            .first(row -> row.number("units"))
            .orElse(0L);
    if (asked.orMore() && own >= asked.wanted().units()) {
      return new Reserved(Reserved.ReservationStatus.GRANTED, 0);
    }
    long reserved =
        session
            .sql(SELECT_RESERVED)
            .set("account", account)
            .first(row -> row.number("units"))
            .orElse(0L);
    long available = Math.max(0, balance.orElse(0L) - (reserved - own));
    if (available < asked.wanted().units()) {
      return new Reserved(Reserved.ReservationStatus.EXCEEDED, available);
    }
    session
        .sql(sql.hold())
        .set("id", asked.task().toString())
        .set("account", account)
        .set("units", asked.wanted().units())
        .set("tried_before", asked.round())
        .update();
    return new Reserved(Reserved.ReservationStatus.GRANTED, available);
  }

  private Optional<Long> lockedBalance(SqlSession session, String account) throws SQLException {
    return session
        .sql(sql.lockAccount())
        .set("account", account)
        .first(row -> row.number("balance"));
  }

  /// Takes the units that are not reserved by other tasks, once for each task.
  void settle(SqlSession session, TaskId task, Settlement settlement, Instant now)
      throws SQLException {
    long free =
        session
            .sql(sql.selectFree())
            .set("id", task.toString())
            .set("account", settlement.account())
            .first(row -> row.number("free"))
            .orElse(0L);
    long taken = Math.clamp(free, 0, settlement.units());
    BudgetEntry entry =
        new BudgetEntry(settlement.account(), task.toString(), -taken, settlement.note(), now);
    if (taken > 0 && addEntry(session, entry)) {
      session.sql(TAKE_UNITS).set("account", settlement.account()).set("units", taken).update();
    }
    session
        .sql(sql.release())
        .set("id", task.toString())
        .set("account", settlement.account())
        .update();
  }
}
