package dev.handoff.jdbc.row;

/// The statements on accounts that differ between the databases: they name a task or lock a row.
public record BudgetSql(
    String lockHeld,
    String lockOpen,
    String lockAccount,
    String selectOwn,
    String selectFree,
    String hold,
    String release) {

  /// The balance that a settling task may take: without the reservations of others. The account is
  /// locked by a statement before, so that this one sees all reservations.
  private static final String FREE =
      """
      select b.balance - (
        select cast(coalesce(sum(r.units), 0) as bigint)
        from handoff_reservation r
        join handoff_task t on t.id = r.task_id
        where r.account = b.account and r.task_id <> %s
          and t.state in ('queued', 'processing') and t.tried_before = r.tried_before
      ) as free
      from handoff_budget b
      where b.account = :account
      """;

  /// With one writing thread no lock is needed.
  public static final BudgetSql SQLITE =
      new BudgetSql(
          """
          select tried_before from handoff_task
          where id = :id and state = 'processing' and fence = :fence and node = :node
          """,
          """
          select tried_before from handoff_task
          where id = :id and state in ('queued', 'processing')
          """,
          "select balance from handoff_budget where account = :account",
          "select units from handoff_reservation where task_id = :id and account = :account",
          FREE.formatted(":id"),
          """
          insert into handoff_reservation (task_id, account, units, tried_before)
          values (:id, :account, :units, :tried_before)
          on conflict (task_id, account) do update set units = excluded.units
          """,
          "delete from handoff_reservation where task_id = :id and account = :account");

  /// A reservation locks its task's row until it commits.
  public static final BudgetSql POSTGRESQL =
      new BudgetSql(
          """
          select tried_before from handoff_task
          where id = cast(:id as uuid) and state = 'processing' and fence = :fence and node = :node
          for share
          """,
          """
          select tried_before from handoff_task
          where id = cast(:id as uuid) and state in ('queued', 'processing')
          for share
          """,
          "select balance from handoff_budget where account = :account for update",
          """
          select units from handoff_reservation
          where task_id = cast(:id as uuid) and account = :account
          """,
          FREE.formatted("cast(:id as uuid)"),
          """
          insert into handoff_reservation (task_id, account, units, tried_before)
          values (cast(:id as uuid), :account, :units, :tried_before)
          on conflict (task_id, account) do update set units = excluded.units
          """,
          """
          delete from handoff_reservation
          where task_id = cast(:id as uuid) and account = :account
          """);
}
