package dev.handoff.testing.simulation;

import dev.handoff.Effect;
import dev.handoff.Gates;
import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.TimeSource;
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
import dev.handoff.testing.simulation.ModelAttempts.Effects;
import dev.handoff.testing.simulation.ModelNodes.ExpiredNodes;
import dev.handoff.testing.simulation.ModelWrite.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node's store over a [ModelDatabase], for simulations and tests; it behaves as the contracts
/// of this module say. It has no threads: each call is done on the caller's, and its listeners are
/// told of it on the same one before it returns. Takes [ModelEffect]s.
///
/// An exception always means that nothing was written. A wrapper that simulates lost answers has to
/// keep that word where the engine relies on it:
///
/// - *append, saveStep, cancel, retry*: after a [StoreUnavailableException] the engine gives the
///   very same call again (equal lease, events and effects) until it is answered. Written twice,
///   reports would be doubled, and an ending would be answered "you no longer hold it". So a
///   wrapper that loses the answer of a committed call remembers it and answers the repetition with
///   it, without calling this store; the PostgreSQL store finds the same out by the row's fence and
///   its last event's number. Steps are remembered once in any case.
/// - *submit*: the engine does not repeat it; the caller is told that it may not have been stored.
///   A wrapper that repeats it by itself remembers the answer as well: ids are stored once, and the
///   same ones again are refused.
/// - *claim*: the engine finds what it claimed without hearing of it among [#held], after a while,
///   and gives it back. Nothing is to be remembered.
/// - *join, renew, leave, rescue, purge, announceEnds*: may be done twice.
public final class ModelTaskStore implements TaskStore {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTaskStore.class);

  private final ModelDatabase database;
  private final TimeSource clock;
  private final Hints hints;
  private final ModelTransactions transactions;
  private final BudgetStore budgets = new ModelBudgets(new StoreBudgetAccess());
  private final Gates gates = new ModelGateStore(new StoreBudgetAccess());
  private final QueueStore queue = new ModelQueue(new StoreBudgetAccess());
  private final ClaimMemory claims = new ClaimMemory();
  private final List<StoreListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private ModelTaskStore(ModelDatabase database, TimeSource clock, Hints hints) {
    this.database = database;
    this.clock = clock;
    this.hints = hints;
    this.transactions = database.transactions();
  }

  /// A store that tells this time, and whose hints reach the others at once.
  public static ModelTaskStore open(ModelDatabase database, TimeSource clock) {
    return open(database, clock, Hints.AT_ONCE);
  }

  /// A store that tells this time, and whose hints go this way.
  public static ModelTaskStore open(ModelDatabase database, TimeSource clock, Hints hints) {
    ModelTaskStore store = new ModelTaskStore(database, clock, hints);
    database.stores().add(store);
    return store;
  }

  public void hear(StoreHint hint) {
    tell(hint::tell);
  }

  void send(ModelTaskStore receiver, StoreHint hint) {
    hints.send(receiver, hint);
  }

  <T> T write(Operation<T> operation) {
    requireOpen();
    ModelCommit commit = new ModelCommit();
    T result =
        database.alone(tables -> {
          T written = operation.run(new ModelWrite(tables, now(), commit));
          // Before anybody else writes, or events would be told in another order than they have.
          tellEvents(commit);
          return written;
        });
    tellWhatFollows(commit);
    return result;
  }

  private <T> T read(Function<ModelReads, T> question) {
    requireOpen();
    return database.alone(tables -> question.apply(new ModelReads(tables, now())));
  }

  private void requireOpen() {
    if (closed) {
      throw new StoreUnavailableException("this task store is closed", Duration.ofSeconds(1));
    }
  }

  private Instant now() {
    return ModelTimes.kept(clock.instant());
  }

  void tellEvents(ModelCommit commit) {
    tell(commit::tellEvents);
  }

  void tellWhatFollows(ModelCommit commit) {
    commit.consequences().forEach(this::hear);
    for (ModelTaskStore other : database.stores()) {
      if (other != this) {
        commit.hints().forEach(hint -> send(other, hint));
      }
    }
  }

  // What is committed stays so whatever a listener does.
  private void tell(Consumer<StoreListener> call) {
    for (StoreListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.error("listener={} failed and missed a commit", listener.getClass().getName(), e);
      }
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
    return submit(tasks, Claimant.NOBODY);
  }

  @Override
  public List<SubmitResult> submit(List<NewTask> tasks, Claimant claimant) {
    requireOpen();
    if (tasks.isEmpty()) {
      return List.of();
    }
    if (transactions.isOpen()) {
      return transactions.write(this, now(), write -> ModelSubmits.submit(write, tasks));
    }
    List<SubmitResult> answers = new ArrayList<>();
    try {
      Optional<Claimant.Offer> offered = claimant.offer();
      if (offered.isEmpty()) {
        answers.addAll(write(write -> ModelSubmits.submit(write, tasks)));
      } else {
        try (Claimant.Offer offer = offered.get()) {
          Optional<ClaimRequest> request = Optional.of(offer.request());
          var stored = write(write -> ModelSubmits.submit(write, tasks, request));
          answers.addAll(stored.submitted());
          offer.start(stored.started());
        }
      }
    } catch (RuntimeException | Error e) {
      if (answers.isEmpty()) {
        throw e;
      }
      LOG.error("tasks were stored, and their claimant failed to start them", e);
    }
    return List.copyOf(answers);
  }

  @Override
  public boolean afterCommit(Runnable action) {
    boolean within = transactions.isOpen();
    if (within) {
      transactions.afterCommit(action);
    }
    return within;
  }

  @Override
  public List<Claim> claim(ClaimRequest request) {
    return write(write -> ModelClaims.claim(write, request, claims));
  }

  @Override
  public Optional<Claim> claim(TaskId task, NodeId node) {
    return write(write -> ModelClaims.claim(write, task, node));
  }

  @Override
  public boolean append(Lease lease, List<TaskEvent> events, List<Effect> effects) {
    Effects made = Effects.of(effects);
    return write(write -> ModelAttempts.append(write, lease, events, made));
  }

  @Override
  public Optional<Payload> step(TaskId task, String name) {
    return read(reads -> reads.visible(task).flatMap(ignored -> reads.tables().step(task, name)));
  }

  @Override
  public boolean saveStep(Lease lease, String name, Payload value) {
    return write(write -> ModelAttempts.saveStep(write, lease, name, value));
  }

  @Override
  public boolean cancel(TaskId task, String reason) {
    return write(write -> ModelAttempts.cancel(write, task, reason));
  }

  @Override
  public int cancelLate(int atMost) {
    return write(write -> ModelEnds.cancelLate(write, atMost));
  }

  @Override
  public boolean retry(TaskId task) {
    return write(write -> ModelAttempts.retry(write, task));
  }

  @Override
  public List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    return read(reads -> reads.list(query, before, TaskQuery.requirePage(atMost)));
  }

  @Override
  public List<TaskSummary> changes(ChangeQuery query, int atMost) {
    return read(reads -> reads.changes(query, TaskQuery.requirePage(atMost)));
  }

  @Override
  public List<TaskId> newest(Collection<String> owners, TaskId after, int atMost) {
    return read(reads -> reads.newest(owners, after, atMost));
  }

  @Override
  public List<TaskSummary> summaries(Collection<TaskId> tasks) {
    return read(reads -> reads.summaries(tasks));
  }

  @Override
  public Optional<Task> find(TaskId task) {
    return read(reads -> reads.visible(task).map(ModelRow::task));
  }

  @Override
  public List<TaskSummary> findAll(Collection<TaskId> tasks) {
    var ignored = TaskQuery.requireAtOnce(tasks);
    return summaries(tasks);
  }

  @Override
  public Optional<Payload> request(TaskId task) {
    return read(reads -> reads.visible(task).map(row -> row.given().request()));
  }

  @Override
  public List<LoggedEvent> events(TaskId task, long after, int atMost) {
    return read(reads -> reads.events(task, after, atMost));
  }

  @Override
  public Optional<LogPage> log(LogRange range) {
    return read(reads -> reads.log(range));
  }

  @Override
  public Optional<Instant> nextDue(Collection<String> types) {
    return read(reads -> ModelClaims.nextDue(reads.tables(), types, reads.now()));
  }

  @Override
  public void join(Node node, Instant leaseUntil) {
    var ignored = write(write -> ModelNodes.join(write, node, leaseUntil));
  }

  @Override
  public boolean renew(NodeId node, Instant leaseUntil) {
    return write(write -> ModelNodes.renew(write, node, leaseUntil));
  }

  @Override
  public void leave(NodeId node) {
    var ignored = write(write -> ModelNodes.leave(write, node));
  }

  @Override
  public List<Lease> held(NodeId node) {
    return read(reads -> ModelNodes.held(reads.tables(), node));
  }

  @Override
  public boolean hasWorkers() {
    return read(reads -> ModelNodes.hasWorkers(reads.tables(), reads.now()));
  }

  @Override
  public RescueResult rescue(NodeId by, int atMost) {
    return write(write -> ModelNodes.rescue(write, new ExpiredNodes(write.now(), by), atMost));
  }

  @Override
  public RescueResult rescueFromKnownDead(NodeId by, int atMost) {
    return write(write -> ModelNodes.rescue(write, new ExpiredNodes(Instant.MIN, by), atMost));
  }

  @Override
  public Announced announceEnds(Optional<TaskId> after, int atMost, Predicate<Task> announce) {
    requireOpen();
    return new ModelAnnouncer(this, database).announce(after, atMost, announce);
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

  private final class StoreBudgetAccess implements ModelBudgets.BudgetAccess {
    @Override
    public <T> T write(Operation<T> operation) {
      requireOpen();
      return transactions.isOpen()
          ? transactions.write(ModelTaskStore.this, now(), operation)
          : ModelTaskStore.this.write(operation);
    }

    @Override
    public <T> T read(Operation<T> operation) {
      requireOpen();
      return transactions.isOpen()
          ? transactions.read(now(), operation)
          : ModelTaskStore.this.write(operation);
    }
  }

  @Override
  public int purge(int atMost, Duration sinceTheEnd) {
    return write(write -> ModelEnds.purge(write, atMost, sinceTheEnd));
  }

  @Override
  public List<StateCount> counts() {
    return read(ModelReads::counts);
  }

  /// Also what a crash of its process is to the others: what it was announcing is theirs again.
  @Override
  public void close() {
    closed = true;
    database.leave(this);
  }
}
