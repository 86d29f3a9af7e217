package dev.handoff.jdbc;

/// The statements on accounts that name a task or lock a row, for each database in its words.
record BudgetSql(
    String lockHeld,
    String lockOpen,
    String lockAccount,
    String selectOwn,
    String hold,
    String release) {

  /// One thread writes: nothing needs a lock.
  static final BudgetSql SQLITE =
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
          """
          insert into handoff_reservation (task_id, account, units, tried_before)
          values (:id, :account, :units, :tried_before)
          on conflict (task_id, account) do update set units = excluded.units
          """,
          "delete from handoff_reservation where task_id = :id and account = :account");

  /// A reservation holds its task as it is until it is committed.
  static final BudgetSql POSTGRESQL =
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
