package dev.handoff.jdbc;

import dev.handoff.Effect;
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
import dev.handoff.jdbc.EventTable.Place;
import dev.handoff.jdbc.Listing.Page;
import dev.handoff.jdbc.PostgresWrites.Append;
import dev.handoff.jdbc.PostgresWrites.Cancel;
import dev.handoff.jdbc.PostgresWrites.SaveStep;
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
import dev.handoff.store.Rescued;
import dev.handoff.store.StateCount;
import dev.handoff.store.StoreListener;
import dev.handoff.store.Submitted;
import dev.handoff.store.TaskStore;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Tasks in a PostgreSQL database, which any number of nodes share. What many threads write or ask
/// at the same time goes to the server together. Safe for use by many threads. Takes [SqlEffect]s.
///
/// When the server stays away in the middle of a submit, it is not known whether the tasks were
/// stored; the exception says no more than that it could not be confirmed.
public final class PostgresTaskStore implements TaskStore {
  /// How long a caller waits for somebody else's lock.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TimeSource clock;
  private final CallerTransaction callers;
  private final Listeners listeners = new Listeners();
  private final PostgresTurns turns = new PostgresTurns();
  private final PostgresConnections connections;
  private final PostgresLanes lanes;
  private final PostgresSubmits submits;
  private final PostgresClaims claims;
  private final PostgresDelayed delayed;
  private final PostgresWrites writes;
  private final PostgresNews news;
  private final PostgresLeases leases;
  private final PostgresTimeline timeline = new PostgresTimeline();
  private final JdbcBudgets budgets;

  private PostgresTaskStore(
      PostgresDatabase database, TimeSource clock, CallerTransaction callers) {
    this.clock = clock;
    this.callers = callers;
    Fences fences = new Fences(database.random());
    this.connections =
        new PostgresConnections(database, () -> listeners.each(StoreListener::onHintsLost));
    this.submits = new PostgresSubmits(turns, fences);
    this.claims = new PostgresClaims(fences);
    this.delayed = new PostgresDelayed(connections, this::now, turns);
    this.writes = new PostgresWrites();
    this.budgets =
        new JdbcBudgets(
            BudgetSql.POSTGRESQL,
            TextForm.WITHOUT_NUL,
            this::now,
            new PostgresBudgetSessions(connections, callers, database.settings().connections()));
    this.news = new PostgresNews(database, connections, listeners);
    this.leases = new PostgresLeases(connections, news, clock, timeline, this::tell);
    // Before the lanes have threads: it throws when the server is away.
    connections.use(session -> {
      PostgresClock.compare(clock, session);
      timeline.look(session, now());
      PostgresReads.restoreTurns(session, turns);
      return true;
    });
    this.lanes =
        new PostgresLanes(
            connections,
            database.settings().queue(),
            new Committer(clock, listeners::tellEvents, this::tellWhatFollows),
            submits,
            writes);
  }

  /// Opens the store; it tells the database's time. One store for each database and process.
  public static PostgresTaskStore open(PostgresDatabase database, CallerTransaction callers) {
    return open(database, new PostgresClock(TimeSource.system()), callers);
  }

  /// Opens the store with another clock, for tests.
  public static PostgresTaskStore open(
      PostgresDatabase database, TimeSource clock, CallerTransaction callers) {
    PostgresTaskStore store = new PostgresTaskStore(database, clock, callers);
    store.news.start();
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
  public List<Submitted> submit(List<NewTask> tasks) {
    return submit(tasks, Claimant.NOBODY);
  }

  @Override
  public List<Submitted> submit(List<NewTask> tasks, Claimant claimant) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    Optional<Connection> joined = callers.current();
    return joined.isPresent() ? within(joined.get(), tasks) : lanes.submit(tasks, claimant);
  }

  @Override
  public boolean afterCommit(Runnable action) {
    boolean within = callers.current().isPresent();
    if (within) {
      callers.afterCommit(action);
    }
    return within;
  }

  private List<Submitted> within(Connection connection, List<NewTask> tasks) {
    Announcements announcements = new Announcements();
    PostgresWithin.Work<List<Submitted>> submit =
        session -> submits.submit(new Writing(session, now(), announcements), tasks);
    List<Submitted> submitted;
    try {
      submitted =
          PostgresSubmits.mayJoin(tasks)
              ? PostgresWithin.runWithPatience(connection, submit)
              : PostgresWithin.run(connection, submit);
    } finally {
      submits.answered(tasks);
    }
    callers.afterCommit(() -> tell(announcements));
    return submitted;
  }

  @Override
  public List<Claim> claim(ClaimRequest request) {
    List<String> types = request.rooms().stream().map(ClaimRequest.Room::type).toList();
    boolean promoted = delayed.promote(types);
    List<Claim> claimed = claimReady(request);
    return claimed.isEmpty() && !promoted && delayed.promoteDue(types)
        ? claimReady(request)
        : claimed;
  }

  private List<Claim> claimReady(ClaimRequest request) {
    PostgresClaims.Claiming claim = writing -> claims.claim(writing, request);
    return claimed(claim);
  }

  @Override
  public Optional<Claim> claim(TaskId task, NodeId node) {
    return claimed(writing -> claims.claim(writing, task, node)).stream().findFirst();
  }

  private List<Claim> claimed(PostgresClaims.Claiming claiming) {
    Announcements announcements = new Announcements();
    List<PostgresClaims.Claimed> claimed =
        connections.use(session -> claiming.in(new Writing(session, now(), announcements)));
    claimed.forEach(each -> writes.claimed(each.stored()));
    tell(announcements);
    return claimed.stream().map(PostgresClaims.Claimed::claim).toList();
  }

  @Override
  public boolean append(Lease lease, List<TaskEvent> events, List<Effect> effects) {
    return lanes.write(new Append(lease, events, budgets.effects(lease.task(), effects)));
  }

  @Override
  public Optional<Payload> step(TaskId task, String name) {
    return connections.use(session -> PostgresReads.step(session, task, name, now()));
  }

  @Override
  public boolean saveStep(Lease lease, String name, Payload value) {
    return lanes.write(new SaveStep(lease, name, value));
  }

  @Override
  public boolean cancel(TaskId task, String reason) {
    return lanes.write(new Cancel(task, reason));
  }

  @Override
  public boolean retry(TaskId task) {
    PostgresRetry retry = new PostgresRetry(task, turns);
    Announcements announcements = new Announcements();
    boolean retried =
        connections.use(session ->
            session.waitingAtMost(
                PATIENCE, () -> retry.run(new Writing(session, now(), announcements))));
    tell(announcements);
    return retried;
  }

  @Override
  public List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    Page page = Page.of(query, before, atMost);
    return connections.use(session -> PostgresListing.list(session, page, now()));
  }

  @Override
  public List<TaskSummary> changes(ChangeQuery query, int atMost) {
    return connections.use(session -> PostgresOwnerReads.changes(session, query, atMost, now()));
  }

  @Override
  public List<TaskId> newest(Collection<String> owners, TaskId after, int atMost) {
    return connections.use(session -> PostgresOwnerReads.newest(session, owners, after, atMost));
  }

  @Override
  public List<TaskSummary> summaries(Collection<TaskId> tasks) {
    return connections.use(session -> PostgresOwnerReads.summaries(session, tasks, now()));
  }

  @Override
  public Optional<Task> find(TaskId task) {
    return lanes.find(task);
  }

  @Override
  public List<TaskSummary> findAll(Collection<TaskId> tasks) {
    Set<TaskId> ids = TaskQuery.requireAtOnce(tasks);
    return connections.use(session -> PostgresListing.byId(session, ids, now()));
  }

  @Override
  public Optional<Payload> request(TaskId task) {
    return connections.use(session -> PostgresReads.request(session, task, now()));
  }

  @Override
  public List<LoggedEvent> events(TaskId task, long after, int atMost) {
    return connections.use(
        session -> PostgresReads.events(session, new Place(task, after, atMost), now()));
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
    return connections.use(session -> PostgresReads.nextDue(session, types));
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
    List<Lease> leases = connections.use(session -> PostgresReads.held(session, node));
    writes.forgetAllBut(node, leases);
    return leases;
  }

  @Override
  public boolean hasWorkers() {
    return connections.use(session -> PostgresReads.hasWorkers(session, now()));
  }

  @Override
  public Rescued rescue(NodeId by, int atMost) {
    return leases.rescue(by, atMost);
  }

  @Override
  public Rescued rescueFromKnownDead(NodeId by, int atMost) {
    return leases.rescueFromKnownDead(by, atMost);
  }

  @Override
  public Announced announceEnds(Optional<TaskId> after, int atMost, Predicate<Task> announce) {
    return connections.inTransaction(
        session -> PostgresEnds.announce(session, after, atMost, announce));
  }

  @Override
  public int purge(int atMost) {
    return purge(atMost, Duration.ZERO);
  }

  @Override
  public int purge(int atMost, Duration sinceTheEnd) {
    return Retention.inParts(
        atMost,
        left ->
            connections.inTransaction(
                session -> PostgresRetention.purge(session, left, sinceTheEnd, now())));
  }

  @Override
  public List<StateCount> counts() {
    return connections.use(session -> PostgresReads.counts(session, now()));
  }

  @Override
  public BudgetStore budgets() {
    return budgets;
  }

  private void tell(Announcements committed) {
    listeners.tellEvents(committed);
    tellWhatFollows(committed);
  }

  private void tellWhatFollows(Announcements committed) {
    committed.workDue().filter(due -> due.isAfter(now())).ifPresent(delayed::note);
    news.tellWhatFollows(committed);
  }

  private Instant now() {
    return Millis.truncated(clock.instant());
  }

  @Override
  public void close() {
    lanes.close();
    news.close();
    connections.close();
  }
}
