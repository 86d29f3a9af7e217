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
import dev.handoff.jdbc.SqliteDatabase.ConnectionMode;
import dev.handoff.jdbc.row.BudgetSql;
import dev.handoff.jdbc.row.EndPage;
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
import dev.handoff.jdbc.row.WriteSizes;
import dev.handoff.jdbc.sql.ConnectionEffect;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.SqliteErrors;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.jdbc.sqlite.BudgetSessions;
import dev.handoff.jdbc.sqlite.Claims;
import dev.handoff.jdbc.sqlite.EventTable;
import dev.handoff.jdbc.sqlite.FairShare;
import dev.handoff.jdbc.sqlite.GroupWriter;
import dev.handoff.jdbc.sqlite.GroupWriter.WriteOperation;
import dev.handoff.jdbc.sqlite.JoinedTransaction;
import dev.handoff.jdbc.sqlite.LateTasks;
import dev.handoff.jdbc.sqlite.Listing;
import dev.handoff.jdbc.sqlite.NodeCalls;
import dev.handoff.jdbc.sqlite.OwnerReads;
import dev.handoff.jdbc.sqlite.PendingEnds;
import dev.handoff.jdbc.sqlite.ReaderPool;
import dev.handoff.jdbc.sqlite.Retention;
import dev.handoff.jdbc.sqlite.Submits;
import dev.handoff.jdbc.sqlite.TaskReads;
import dev.handoff.jdbc.sqlite.TaskRetries;
import dev.handoff.jdbc.sqlite.TaskWrites;
import dev.handoff.store.Announced;
import dev.handoff.store.BudgetStore;
import dev.handoff.store.ChangeQuery;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
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
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sqlite.SQLiteConnection;

/// The task store on an SQLite file. One thread writes and commits the writes of many callers
/// together; readers run beside it. Safe for use by many threads. Runs [SqlEffect]s.
public final class SqliteTaskStore implements TaskStore {
  private final TimeSource clock;
  private final JoinedWrites joined;
  private final Listeners listeners = new Listeners();
  private final GroupWriter writer;
  private final ReaderPool readers;
  private final Submits submits;
  private final Claims claims;
  private final LateTasks late;
  private final NodeCalls nodes;
  private final TaskRetries retries;
  private final JdbcBudgets budgets;
  private final JdbcGates gates;
  private final JdbcQueue queue;
  private final Runnable afterClose;

  private SqliteTaskStore(
      SqliteDatabase database, TimeSource clock, CallerTransaction callers, Runnable afterClose)
      throws SQLException {
    SqliteSettings settings = database.settings();
    FairShare fairShare = new FairShare();
    this.late = new LateTasks(fairShare);
    this.clock = clock;
    this.joined =
        new JoinedWrites(callers, this::now, committed -> listeners.tell(List.of(committed)));
    this.afterClose = afterClose;
    this.submits = new Submits(fairShare, late);
    this.claims = new Claims(fairShare, new Fences(new SecureRandom()), listeners.lines(), late);
    this.retries = new TaskRetries(fairShare);
    this.readers = ReaderPool.open(settings.readers(), () -> database.connect(ConnectionMode.READ));
    SQLiteConnection connection =
        database.connect(ConnectionMode.WRITE).unwrap(SQLiteConnection.class);
    this.writer =
        new GroupWriter(
            connection,
            database.gate(),
            new GroupWriter.WriterLimits(settings.queue(), settings.group(), settings.turn()),
            listeners,
            this::now);
    this.nodes = new NodeCalls(writer);
    this.budgets =
        new JdbcBudgets(
            BudgetSql.SQLITE,
            TextForm.PLAIN,
            this::now,
            new BudgetSessions(
                WritableTransaction.orReading(callers), writer, readers, this::within));
    BudgetSessions own = new BudgetSessions(CallerConnections.NONE, writer, readers, this::within);
    this.queue = new JdbcQueue(JdbcQueue.WAITING_ON_SQLITE, this::now, own);
    this.gates = new JdbcGates(GateTable.SQLITE, this::now, own, listeners::tellGatesChanged);
    readers.read(session -> late.look(session, now()));
    readers.read(session -> TaskReads.restoreTurns(session, fairShare, listeners.lines()));
  }

  /// Opens a database that is closed with the store.
  public static SqliteTaskStore open(SqliteSettings settings, TimeSource clock) {
    SqliteDatabase database = SqliteDatabase.open(settings);
    try {
      return new SqliteTaskStore(database, clock, CallerTransaction.NONE, database::close);
    } catch (SQLException e) {
      database.close();
      throw SqliteErrors.translate(e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// Opens the store in a database that the application writes to as well; submits join the
  /// application's transactions. At most one store for each database.
  public static SqliteTaskStore open(
      SqliteDatabase database, TimeSource clock, CallerTransaction callers) {
    try {
      return new SqliteTaskStore(database, clock, callers, () -> {});
    } catch (SQLException e) {
      throw SqliteErrors.translate(e);
    }
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
    if (tasks.isEmpty()) {
      return List.of();
    }
    WriteOperation<List<SubmitResult>> operation = writing -> submits.submit(writing, tasks);
    Optional<Connection> callers = joined.current();
    return callers.isPresent()
        ? within(callers.get(), operation)
        : writer.write(GroupWriter.rows(tasks.size(), WriteSizes.of(tasks)), operation);
  }

  @Override
  public boolean afterCommit(Runnable action) {
    return joined.afterCommit(action);
  }

  private <T> T within(Connection connection, WriteOperation<T> operation) {
    return joined.run(connection, operation::run, JoinedTransaction::run);
  }

  @Override
  public List<Claim> claim(ClaimRequest request) {
    return writer.write(request.atMost(), writing -> claims.claim(writing, request));
  }

  @Override
  public Optional<Claim> claim(TaskId task, NodeId node) {
    return writer.write(1, writing -> claims.claim(writing, task, node));
  }

  @Override
  public boolean append(Lease lease, List<TaskEvent> events, List<Effect> effects) {
    List<ConnectionEffect> writes = budgets.effects(lease.task(), effects);
    int rows = GroupWriter.rows(1 + events.size(), WriteSizes.ofEvents(events));
    WriteOperation<Boolean> operation =
        writing -> TaskWrites.append(writing, lease, events, writes);
    return writes.isEmpty() ? writer.write(rows, operation) : writer.writeUsers(rows, operation);
  }

  @Override
  public Optional<Payload> step(TaskId task, String name) {
    return readers.read(session -> TaskReads.step(session, task, name, now()));
  }

  @Override
  public boolean saveStep(Lease lease, String name, Payload value) {
    return writer.write(
        GroupWriter.rows(1, value.text().length()),
        writing -> TaskWrites.saveStep(writing, lease, name, value));
  }

  @Override
  public boolean cancel(TaskId task, String reason) {
    Optional<Task> cancelled = writer.write(1, writing -> TaskWrites.cancel(writing, task, reason));
    cancelled.ifPresent(claims::cancelled);
    return cancelled.isPresent();
  }

  @Override
  public int cancelLate(int atMost) {
    boolean any = readers.read(session -> late.look(session, now()));
    return any ? writer.write(atMost, writing -> late.cancel(writing, atMost)) : 0;
  }

  @Override
  public boolean retry(TaskId task) {
    return writer.write(1, writing -> retries.retry(writing, task));
  }

  @Override
  public List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    ListPage page = ListPage.of(query, before, atMost);
    return readers.read(session -> Listing.list(session, page, now()));
  }

  @Override
  public List<TaskSummary> changes(ChangeQuery query, int atMost) {
    return readers.read(session -> OwnerReads.changes(session, query, atMost, now()));
  }

  @Override
  public List<TaskId> newest(Collection<String> owners, TaskId after, int atMost) {
    return readers.read(session -> OwnerReads.newest(session, owners, after, atMost));
  }

  @Override
  public List<TaskSummary> summaries(Collection<TaskId> tasks) {
    return readers.read(session -> OwnerReads.summaries(session, tasks, now()));
  }

  @Override
  public Optional<Task> find(TaskId task) {
    return readers.read(session -> TaskReads.find(session, task, now()));
  }

  @Override
  public List<TaskSummary> findAll(Collection<TaskId> tasks) {
    Set<TaskId> ids = TaskQuery.requireAtOnce(tasks);
    return readers.read(session -> Listing.byId(session, ids, now()));
  }

  @Override
  public Optional<Payload> request(TaskId task) {
    return readers.read(session -> TaskReads.request(session, task, now()));
  }

  @Override
  public List<LoggedEvent> events(TaskId task, long after, int atMost) {
    return readers.read(
        session -> EventTable.after(session, new EventsAfter(task, after, atMost), now()));
  }

  @Override
  public Optional<LogPage> log(LogRange range) {
    return readers.read(session -> LogReading.part(session.sql(LogReading.SQLITE), range, now()));
  }

  @Override
  public Optional<Instant> nextDue(Collection<String> types) {
    Optional<Instant> due = readers.read(session -> TaskReads.nextDue(session, types, now()));
    return listeners.lines().earlier(due, types, now());
  }

  @Override
  public void join(Node node, Instant leaseUntil) {
    nodes.join(node, () -> leaseUntil);
  }

  @Override
  public void join(Node node, Duration lease) {
    nodes.join(node, () -> now().plus(lease));
  }

  @Override
  public boolean renew(NodeId node, Instant leaseUntil) {
    return nodes.renew(node, () -> leaseUntil);
  }

  @Override
  public boolean renew(NodeId node, Duration lease) {
    return nodes.renew(node, () -> now().plus(lease));
  }

  @Override
  public void leave(NodeId node) {
    nodes.leave(node);
  }

  @Override
  public List<Lease> held(NodeId node) {
    return readers.read(session -> TaskReads.held(session, node));
  }

  @Override
  public boolean hasWorkers() {
    return readers.read(session -> TaskReads.hasWorkers(session, now()));
  }

  @Override
  public TypeCoverage typeCoverage() {
    return readers.read(session -> NodeTypes.coverage(session, NodeTypes.SQLITE, now()));
  }

  @Override
  public RescueResult rescue(NodeId by, int atMost) {
    // Before it waits for its turn: who renews meanwhile lives.
    return nodes.rescue(now(), by, atMost);
  }

  @Override
  public RescueResult rescueFromKnownDead(NodeId by, int atMost) {
    return nodes.rescue(Instant.EPOCH, by, atMost);
  }

  @Override
  public Announced announceEnds(Optional<TaskId> after, int atMost, Predicate<Task> announce) {
    List<Task> ended = readers.read(session -> PendingEnds.toAnnounce(session, after, atMost));
    List<Task> announced = ended.stream().filter(announce).toList();
    if (!announced.isEmpty()) {
      writer.write(
          announced.size(), writing -> PendingEnds.announced(writing.session(), announced));
    }
    return EndPage.announced(announced.size(), ended, atMost);
  }

  @Override
  public int purge(int atMost, Duration sinceTheEnd) {
    return Retention.purge(writer, atMost, sinceTheEnd);
  }

  @Override
  public List<StateCount> counts() {
    return readers.read(session -> TaskReads.counts(session, now()));
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

  long commits() {
    return writer.commits();
  }

  int waiting() {
    return writer.waiting();
  }

  private Instant now() {
    return Millis.truncated(clock.instant());
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    afterClose.run();
  }
}
