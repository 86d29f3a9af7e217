package dev.handoff.jdbc;

import dev.handoff.Effect;
import dev.handoff.Gates;
import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.postgres.AfterCommit;
import dev.handoff.jdbc.postgres.BudgetSessions;
import dev.handoff.jdbc.postgres.ClaimCalls;
import dev.handoff.jdbc.postgres.Claims;
import dev.handoff.jdbc.postgres.JoinedTransaction;
import dev.handoff.jdbc.postgres.Listing;
import dev.handoff.jdbc.postgres.OwnerReads;
import dev.handoff.jdbc.postgres.PendingEnds;
import dev.handoff.jdbc.postgres.PostgresBatchers;
import dev.handoff.jdbc.postgres.PostgresClock;
import dev.handoff.jdbc.postgres.PostgresConnections;
import dev.handoff.jdbc.postgres.PostgresDelayed;
import dev.handoff.jdbc.postgres.PostgresLateTasks;
import dev.handoff.jdbc.postgres.PostgresLeases;
import dev.handoff.jdbc.postgres.PostgresListener;
import dev.handoff.jdbc.postgres.PostgresRetry;
import dev.handoff.jdbc.postgres.PostgresTimeline;
import dev.handoff.jdbc.postgres.PostgresTurns;
import dev.handoff.jdbc.postgres.Retention;
import dev.handoff.jdbc.postgres.Submits;
import dev.handoff.jdbc.postgres.TaskReads;
import dev.handoff.jdbc.postgres.TaskWrites;
import dev.handoff.jdbc.postgres.TaskWrites.CancelWrite;
import dev.handoff.jdbc.postgres.TaskWrites.EventWrite;
import dev.handoff.jdbc.postgres.TaskWrites.StepWrite;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.BudgetSql;
import dev.handoff.jdbc.row.EventsAfter;
import dev.handoff.jdbc.row.Fences;
import dev.handoff.jdbc.row.GateTable;
import dev.handoff.jdbc.row.JdbcBudgets;
import dev.handoff.jdbc.row.JdbcBudgets.CallerConnections;
import dev.handoff.jdbc.row.JdbcGates;
import dev.handoff.jdbc.row.JdbcQueue;
import dev.handoff.jdbc.row.ListPage;
import dev.handoff.jdbc.row.Listeners;
import dev.handoff.jdbc.row.LogReading;
import dev.handoff.jdbc.row.NodeTypes;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.store.Announced;
import dev.handoff.store.BudgetStore;
import dev.handoff.store.ChangeQuery;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Claimant;
import dev.handoff.store.LogPage;
import dev.handoff.store.LogRange;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.QueueStore;
import dev.handoff.store.RescueResult;
import dev.handoff.store.StateCount;
import dev.handoff.store.StoreListener;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.TaskStore;
import dev.handoff.store.TypeCoverage;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The task store on PostgreSQL, shared by any number of nodes. Calls of many threads are sent to
/// the server in batches. Safe for use by many threads. Runs [SqlEffect]s. If the server becomes
/// unreachable during a submit, it is unknown whether the tasks were stored, and the exception says
/// so.
public final class PostgresTaskStore implements TaskStore {
  private final TimeSource clock;
  private final JoinedWrites joined;
  private final Listeners listeners = new Listeners();
  private final PostgresTurns turns = new PostgresTurns();
  private final PostgresConnections connections;
  private final PostgresBatchers batchers;
  private final Submits submits;
  private final ClaimCalls claims;
  private final PostgresDelayed delayed;
  private final TaskWrites writes = new TaskWrites();
  private final PostgresListener notifications;
  private final PostgresLeases leases;
  private final PostgresTimeline timeline = new PostgresTimeline();
  private final JdbcBudgets budgets;
  private final JdbcGates gates;
  private final JdbcQueue queue;

  private PostgresTaskStore(
      PostgresDatabase database, TimeSource clock, CallerTransaction callers) {
    this.clock = clock;
    this.joined = new JoinedWrites(callers, this::now, this::tell);
    Fences fences = new Fences(database.server().random());
    AfterCommit afterCommit = new AfterCommit(clock, listeners::tellEvents, this::tellWhatFollows);
    this.connections = new PostgresConnections(database.server(), listeners::tellHintsLost);
    this.submits = new Submits(turns, fences);
    this.delayed = new PostgresDelayed(connections, this::now, turns, listeners.lines());
    this.claims =
        new ClaimCalls(
            connections, afterCommit, new Claims(fences), listeners.lines(), delayed, writes);
    PostgresSettings settings = database.settings();
    int atOnce = settings.connections();
    this.budgets =
        new JdbcBudgets(
            BudgetSql.POSTGRESQL,
            TextForm.WITHOUT_NUL,
            this::now,
            new BudgetSessions(connections, WritableTransaction.orReading(callers), atOnce));
    BudgetSessions own = new BudgetSessions(connections, CallerConnections.NONE, atOnce);
    this.queue = new JdbcQueue(JdbcQueue.WAITING_ON_POSTGRESQL, this::now, own);
    this.gates = new JdbcGates(GateTable.POSTGRESQL, this::now, own, this::gatesChanged);
    this.notifications =
        new PostgresListener(database.server(), connections, listeners, settings.notifications());
    this.leases = new PostgresLeases(connections, notifications, clock, timeline, this::tell);
    // Before the batchers start threads: it throws when the server is unreachable.
    connections.use(session -> {
      PostgresClock.compare(clock, session);
      timeline.look(session, now());
      return TaskReads.restoreTurns(session, turns);
    });
    this.batchers =
        new PostgresBatchers(connections, settings.queue(), afterCommit, submits, writes);
  }

  /// Opens the store with the server's clock. At most one store for each database and process.
  public static PostgresTaskStore open(PostgresDatabase database, CallerTransaction callers) {
    return open(database, new PostgresClock(TimeSource.system()), callers);
  }

  /// Opens the store with another clock than the server's, for tests.
  public static PostgresTaskStore open(
      PostgresDatabase database, TimeSource clock, CallerTransaction callers) {
    PostgresTaskStore store = new PostgresTaskStore(database, clock, callers);
    store.notifications.start();
    return store;
  }

  @Override
  public TimeSource clock() {
    return clock;
  }

  @Override
  public void listen(StoreListener listener) {
    listeners.add(listener);
  }

  @Override
  public List<SubmitResult> submit(List<NewTask> tasks) {
    return submit(tasks, Claimant.NOBODY);
  }

  @Override
  public List<SubmitResult> submit(List<NewTask> tasks, Claimant claimant) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    Optional<Connection> callers = joined.current();
    return callers.isPresent() ? within(callers.get(), tasks) : batchers.submit(tasks, claimant);
  }

  @Override
  public boolean afterCommit(Runnable action) {
    return joined.afterCommit(action);
  }

  private List<SubmitResult> within(Connection connection, List<NewTask> tasks) {
    try {
      return joined.run(
          connection,
          writing -> submits.submit(writing, tasks),
          (callers, work) -> JoinedTransaction.run(callers, work, Submits.mayJoin(tasks)));
    } finally {
      submits.answered(tasks);
    }
  }

  @Override
  public List<Claim> claim(ClaimRequest request) {
    return claims.claim(request);
  }

  @Override
  public Optional<Claim> claim(TaskId task, NodeId node) {
    return claims.claim(task, node);
  }

  @Override
  public boolean append(Lease lease, List<TaskEvent> events, List<Effect> effects) {
    return batchers.write(new EventWrite(lease, events, budgets.effects(lease.task(), effects)));
  }

  @Override
  public Optional<Payload> step(TaskId task, String name) {
    return connections.use(session -> TaskReads.step(session, task, name, now()));
  }

  @Override
  public boolean saveStep(Lease lease, String name, Payload value) {
    return batchers.write(new StepWrite(lease, name, value));
  }

  @Override
  public boolean cancel(TaskId task, String reason) {
    return batchers.write(new CancelWrite(task, reason));
  }

  @Override
  public int cancelLate(int atMost) {
    return PostgresLateTasks.cancel(connections, this::tell, this::now, atMost);
  }

  @Override
  public boolean retry(TaskId task) {
    return PostgresRetry.retry(connections, this::tell, new PostgresRetry(task, turns), now());
  }

  @Override
  public List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    ListPage page = ListPage.of(query, before, atMost);
    return connections.use(session -> Listing.list(session, page, now()));
  }

  @Override
  public List<TaskSummary> changes(ChangeQuery query, int atMost) {
    return connections.use(session -> OwnerReads.changes(session, query, atMost, now()));
  }

  @Override
  public List<TaskId> newest(Collection<String> owners, TaskId after, int atMost) {
    return connections.use(session -> OwnerReads.newest(session, owners, after, atMost));
  }

  @Override
  public List<TaskSummary> summaries(Collection<TaskId> tasks) {
    return connections.use(session -> OwnerReads.summaries(session, tasks, now()));
  }

  @Override
  public Optional<Task> find(TaskId task) {
    return batchers.find(task);
  }

  @Override
  public List<TaskSummary> findAll(Collection<TaskId> tasks) {
    Set<TaskId> ids = TaskQuery.requireAtOnce(tasks);
    return connections.use(session -> Listing.byId(session, ids, now()));
  }

  @Override
  public Optional<Payload> request(TaskId task) {
    return connections.use(session -> TaskReads.request(session, task, now()));
  }

  @Override
  public List<LoggedEvent> events(TaskId task, long after, int atMost) {
    return connections.use(
        session -> TaskReads.events(session, new EventsAfter(task, after, atMost), now()));
  }

  @Override
  public Optional<LogPage> log(LogRange range) {
    return connections.use(
        session -> LogReading.part(session.sql(LogReading.POSTGRESQL), range, now()));
  }

  @Override
  public Optional<Instant> replacedAt() {
    return timeline.since();
  }

  @Override
  public Optional<Instant> nextDue(Collection<String> types) {
    Optional<Instant> due = connections.use(session -> TaskReads.nextDue(session, types));
    return listeners.lines().earlier(due, types, now());
  }

  @Override
  public void join(Node node, Instant leaseUntil) {
    leases.join(node, leaseUntil);
  }

  @Override
  public void join(Node node, Duration lease) {
    leases.join(node, lease);
  }

  @Override
  public boolean renew(NodeId node, Instant leaseUntil) {
    return leases.renew(node, leaseUntil);
  }

  @Override
  public boolean renew(NodeId node, Duration lease) {
    return leases.renew(node, lease);
  }

  @Override
  public void leave(NodeId node) {
    leases.leave(node);
  }

  @Override
  public List<Lease> held(NodeId node) {
    List<Lease> leases = connections.use(session -> TaskReads.held(session, node));
    writes.forgetAllBut(node, leases);
    return leases;
  }

  @Override
  public boolean hasWorkers() {
    return connections.use(session -> TaskReads.hasWorkers(session, now()));
  }

  @Override
  public TypeCoverage typeCoverage() {
    return connections.use(session -> NodeTypes.coverage(session, NodeTypes.POSTGRESQL, now()));
  }

  @Override
  public RescueResult rescue(NodeId by, int atMost) {
    return leases.rescue(by, atMost);
  }

  @Override
  public RescueResult rescueFromKnownDead(NodeId by, int atMost) {
    return leases.rescueFromKnownDead(by, atMost);
  }

  @Override
  public Announced announceEnds(Optional<TaskId> after, int atMost, Predicate<Task> announce) {
    return connections.inTransaction(
        session -> PendingEnds.announce(session, after, atMost, announce));
  }

  @Override
  public int purge(int atMost, Duration sinceTheEnd) {
    return Retention.purge(connections, atMost, sinceTheEnd, this::now);
  }

  @Override
  public List<StateCount> counts() {
    return connections.use(session -> TaskReads.counts(session, now()));
  }

  @Override
  public BudgetStore budgets() {
    return budgets;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public QueueStore queue() {
    return queue;
  }

  private void gatesChanged() {
    listeners.lines().changed();
    notifications.tellWhatFollows(Announcements.ofWork(now()));
  }

  private void tell(Announcements committed) {
    listeners.tellEvents(committed);
    tellWhatFollows(committed);
  }

  private void tellWhatFollows(Announcements committed) {
    committed.workDue().filter(due -> due.isAfter(now())).ifPresent(delayed::note);
    notifications.tellWhatFollows(committed);
  }

  private Instant now() {
    return Millis.truncated(clock.instant());
  }

  @Override
  public void close() {
    batchers.close();
    notifications.close();
    connections.close();
  }
}
