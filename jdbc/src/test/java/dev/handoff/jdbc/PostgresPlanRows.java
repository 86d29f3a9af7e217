package dev.handoff.jdbc;

import java.util.List;

/// Statements that fill an empty database: with tasks of two types, of three priorities and many
/// tenants, that wait, are delayed, are being processed by a node that is gone, or have ended.
final class PostgresPlanRows {
  private static final String DROP_INDEXES =
      """
      do $$
      declare
        it record;
      begin
        create table later as
          select i.indexdef, c.conname, c.conrelid::regclass::text as relation, pg_get_constraintdef(c.oid) as key
          from pg_indexes i left join pg_constraint c on c.conname = i.indexname and c.contype = 'p'
          where i.schemaname = 'public'
            and i.tablename in ('handoff_task', 'handoff_submitted', 'handoff_event');
        for it in
          select indexname, c.conname, i.tablename
          from pg_indexes i left join pg_constraint c on c.conname = i.indexname and c.contype = 'p'
          where i.schemaname = 'public'
            and i.tablename in ('handoff_task', 'handoff_submitted', 'handoff_event')
        loop
          if it.conname is null then
            execute format('drop index %I', it.indexname);
          else
            execute format('alter table %I drop constraint %I', it.tablename, it.conname);
          end if;
        end loop;
      end
      $$
      """;

  private static final String CREATE_INDEXES =
      """
      do $$
      declare
        it record;
      begin
        for it in select * from later order by conname nulls last
        loop
          if it.conname is null then
            execute it.indexdef;
          else
            execute format('alter table %s add constraint %I %s', it.relation, it.conname, it.key);
          end if;
        end loop;
        drop table later;
      end
      $$
      """;

  /// In the order of their ids: ended ones, then those that wait, then delayed ones.
  private static final String TASKS =
      """
      insert into handoff_task (
        id, type, owner, tenant, priority, state, ready, fair_start, due_at, waiting, node, fence,
        attempt, max_attempts, percent, usage_model, input_tokens, output_tokens, retention,
        created_at, started_at, updated_at, finished_at, expires_at, last_seq, join_key, cache_key,
        result, announce, failure_kind, message)
      select
        cast(lpad(to_hex(t.created + n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0') as uuid),
        case when n % 3 = 0 then 'video' else 'chat' end, 'owner-' || n % 10000,
        case when n % 4 > 0 then 'tenant-' || n % 1000 end, n % 3, kind.state, kind.ready,
        case when kind.ready then n / 1000 end,
        case when kind.state = 'queued' then t.created + n + kind.delay end,
        case when kind.state = 'queued' then 'submitted' end,
        case when kind.state = 'processing' then 'gone' end, kind.ended, kind.ended, 3,
        100 * kind.ended, '', 0, 0, 86400000, t.created + n,
        case when kind.state <> 'queued' then t.created + n end, t.created + n,
        case when kind.ended = 1 and kind.state <> 'processing' then t.created + n end,
        case when kind.ended = 1 and kind.state <> 'processing' then t.created + n + 864000000 end,
        1 + kind.ended, case when n % 10 = 0 and kind.state <> 'failed' then 'join-' || n end,
        case when n % 10 = 1 then 'cache-' || n % 5000 end,
        case when kind.state = 'completed' then '{"answer":"x"}' end,
        case when n % 20 = 2 then kind.state <> 'completed' end,
        case when kind.state = 'failed' then 'timeout' end, case when kind.state = 'failed' then 'slow' end
      from (values (1767600000000)) as t (created),
        (values
          (1, 1, :ended, 'completed', false, 1, 0),
          (2, :ended + 1, :ended + 2000, 'failed', false, 1, 0),
          (3, :ended + 2001, :ended + 2100, 'processing', false, 1, 0),
          (4, :ended + 2101, :ended + :waiting, 'queued', true, 0, 0),
          (5, :ended + :waiting + 1, :ended + :waiting + :delayed, 'queued', false, 0, 36000000)
        ) as kind (no, first, last, state, ready, ended, delay),
        generate_series(kind.first, kind.last) as n
      """;

  private static final String SUBMITTED =
      """
      insert into handoff_submitted (task_id, owner, tenant, at, event, request)
      select id, owner, tenant, created_at, '{"type":"taskSubmitted","dueAt":"2026-01-05T09:00:00Z"}', '{}'
      from handoff_task
      on conflict do nothing
      """;

  private static final String EVENTS =
      """
      insert into handoff_event (task_id, seq, at, body)
      select id, 2, created_at, '{"type":"attemptStarted","attempt":1,"node":"gone","fence":1}'
      from handoff_task
      where state in ('completed', 'processing')
      """;

  private PostgresPlanRows() {}

  /// Fewer, among others, while the indexes are there.
  static List<String> few(int waiting, int delayed, int ended) {
    return List.of(tasks(waiting, delayed, ended), SUBMITTED);
  }

  private static String tasks(int waiting, int delayed, int ended) {
    return TASKS
        .replace(":ended", Integer.toString(ended))
        .replace(":waiting", Integer.toString(waiting))
        .replace(":delayed", Integer.toString(delayed));
  }

  static List<String> of(int waiting, int delayed, int ended) {
    return List.of(
        "alter table handoff_task set unlogged",
        "alter table handoff_submitted set unlogged",
        "alter table handoff_event set unlogged",
        "alter table handoff_task set (autovacuum_enabled = off)",
        DROP_INDEXES,
        tasks(waiting, delayed, ended),
        SUBMITTED,
        EVENTS,
        "set maintenance_work_mem = '256MB'",
        CREATE_INDEXES,
        "vacuum analyze handoff_task",
        "vacuum analyze handoff_submitted",
        "vacuum analyze handoff_event");
  }
}
