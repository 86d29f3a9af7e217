package dev.handoff.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handoff.Effect;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.EffectFailedException;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.store.StoreCommand.Around;
import dev.handoff.testing.store.StoreCommand.AttemptResult;
import dev.handoff.testing.store.StoreCommand.EffectEnds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One store and its model going through the same commands side by side.
final class ModelRun implements AutoCloseable {
  private static final int NODES = 3;
  private static final NodeId RESCUER = new NodeId("rescuer");
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Set<String> TYPES = Set.of("chat", "video", "report");

  private final TestClock clock = TestClock.atNine();
  private final StoreHarness harness;
  private final TaskStoreModel model = new TaskStoreModel();
  private final RecordedEvents recorded = new RecordedEvents();
  private final List<Lease> leases = new ArrayList<>();
  private final List<TaskId> rolledBack = new ArrayList<>();
  private TaskStore store;

  ModelRun(StoreHarness harness) {
    this.harness = harness;
    this.store = harness.open(clock);
    store.listen(recorded);
  }

  /// Does the command on both and compares what they answer and what can be seen of each task.
  void run(StoreCommand command) {
    // No two commands happen at the same time, so "the newest" is always one.
    Instant now = clock.advance(Duration.ofMillis(1));
    switch (command) {
      case StoreCommand.Submit c -> submit(c, now);
      case StoreCommand.ClaimMany c -> claimMany(c, now);
      case StoreCommand.ClaimOne c -> claimOne(c, now);
      case StoreCommand.Report c -> report(c, now);
      case StoreCommand.Finish c -> finish(c, now);
      case StoreCommand.SaveStep c -> saveStep(c);
      case StoreCommand.CancelTask c -> cancel(c, now);
      case StoreCommand.RetryTask c -> retry(c, now);
      case StoreCommand.ListTasks c -> list(c, now);
      case StoreCommand.JoinNode c -> {
        Node node = new Node(node(c.node()), c.role());
        store.join(node, now.plus(LEASE));
        model.join(node, now.plus(LEASE));
      }
      case StoreCommand.RenewNode c ->
          assertThat(store.renew(node(c.node()), now.plus(LEASE)))
              .isEqualTo(model.renew(node(c.node()), now.plus(LEASE)));
      case StoreCommand.LeaveNode c -> leave(c, now);
      case StoreCommand.Rescue c -> rescue(c, now);
      case StoreCommand.Purge c ->
          assertThat(store.purge(c.atMost())).isEqualTo(model.purge(c.atMost(), now));
      case StoreCommand.Advance c -> clock.advance(c.by());
      case StoreCommand.Restart ignored -> restart();
    }
    model.all().forEach(this::compare);
  }

  private void submit(StoreCommand.Submit command, Instant now) {
    List<NewTask> tasks =
        command.drafts().stream()
            .map(draft ->
                command.delay().isZero() ? draft : draft.startingAt(now.plus(command.delay())))
            .map(draft -> draft.at(now))
            .toList();
    if (command.around() == Around.ROLLBACK) {
      Throwable thrown =
          catchThrowable(() ->
              harness.inTransaction(() -> {
                store.submit(tasks);
                throw new StoreHarness.EffectFailed();
              }));
      assertThat(thrown).isInstanceOf(StoreHarness.EffectFailed.class);
      tasks.forEach(task -> rolledBack.add(task.id()));
      return;
    }
    List<SubmitResult> answers = new ArrayList<>();
    if (command.around() == Around.COMMIT) {
      harness.inTransaction(() -> answers.addAll(store.submit(tasks)));
    } else {
      answers.addAll(store.submit(tasks));
    }
    assertThat(answers).isEqualTo(model.submit(tasks, now));
  }

  private void claimMany(StoreCommand.ClaimMany command, Instant now) {
    List<Room> rooms =
        command.rooms().entrySet().stream()
            .map(room -> new Room(room.getKey(), room.getValue()))
            .toList();
    NodeId node = node(command.node());
    List<Claim> claims = store.claim(new ClaimRequest(node, rooms, command.atMost()));
    new ClaimCheck(model, node, now).check(command.rooms(), command.atMost(), claims);
    claims.forEach(claim -> leases.add(claim.lease()));
  }

  private void claimOne(StoreCommand.ClaimOne command, Instant now) {
    Optional<TaskId> id = task(command.task());
    if (id.isPresent()) {
      NodeId node = node(command.node());
      Optional<Claim> claim = store.claim(id.get(), node);
      assertThat(claim.isPresent()).isEqualTo(model.knows(node) && model.get(id.get()).isDue(now));
      claim.ifPresent(new ClaimCheck(model, node, now)::start);
      claim.ifPresent(given -> leases.add(given.lease()));
    }
  }

  private void report(StoreCommand.Report command, Instant now) {
    lease(command.lease())
        .ifPresent(lease ->
            assertThat(store.append(lease, command.events(), List.of()))
                .isEqualTo(model.append(lease, command.events(), now)));
  }

  private void finish(StoreCommand.Finish command, Instant now) {
    Optional<Lease> lease = lease(command.lease());
    if (lease.isEmpty()) {
      return;
    }
    ModelTask task = model.get(lease.get().task());
    List<TaskEvent> ending = List.of(event(command.ending(), task.task().activity(), now));
    String note = "note at " + now;
    List<Effect> effects =
        switch (command.effect()) {
          case NO_EFFECT -> List.of();
          case WELL -> List.of(harness.note(note));
          case BADLY -> List.of(harness.failingAfterNote(note));
        };
    if (command.effect() == EffectEnds.BADLY && model.holds(lease.get())) {
      assertThat(catchThrowable(() -> store.append(lease.get(), ending, effects)))
          .isInstanceOf(EffectFailedException.class)
          .hasCauseInstanceOf(StoreHarness.EffectFailed.class);
      return;
    }
    boolean held = store.append(lease.get(), ending, effects);
    assertThat(held).isEqualTo(model.append(lease.get(), ending, now));
    if (held && command.effect() == EffectEnds.WELL) {
      model.note(note);
      task.keepForItself();
    }
  }

  private static TaskEvent event(AttemptResult ending, Task.Activity activity, Instant now) {
    Failure tooSlow = new Failure(FailureKind.TIMEOUT, "too slow");
    return switch (ending) {
      case AttemptResult.Completes e -> new TaskEvent.TaskCompleted(new Payload(e.result()));
      case AttemptResult.Fails e -> new TaskFailed(new Failure(FailureKind.REFUSED, e.message()));
      // An engine does not begin more attempts than there may be.
      case AttemptResult.Retries e ->
          activity.attempt() < activity.maxAttempts()
              ? new TaskEvent.AttemptFailed(activity.attempt(), tooSlow, now.plus(e.delay()))
              : new TaskFailed(tooSlow);
      case AttemptResult.Snoozes e -> new AttemptSnoozed(now.plus(e.delay()), "later");
      case AttemptResult.Cancels e -> new TaskEvent.TaskCancelled(e.reason());
    };
  }

  private void saveStep(StoreCommand.SaveStep command) {
    Payload value = new Payload(command.value());
    lease(command.lease())
        .ifPresent(lease ->
            assertThat(store.saveStep(lease, command.name(), value))
                .isEqualTo(model.saveStep(lease, command.name(), value)));
  }

  private void cancel(StoreCommand.CancelTask command, Instant now) {
    task(command.task())
        .ifPresent(id ->
            assertThat(store.cancel(id, "not needed"))
                .isEqualTo(model.cancel(id, "not needed", now)));
  }

  private void retry(StoreCommand.RetryTask command, Instant now) {
    // Few tasks fail, so three of four times one that has.
    List<ModelTask> failed = model.all(ModelTask::hasFailed);
    Optional<TaskId> chosen =
        failed.isEmpty() || command.task() % 4 == 0
            ? task(command.task())
            : Optional.of(failed.get(command.task() % failed.size()).id());
    chosen.ifPresent(id -> assertThat(store.retry(id)).isEqualTo(model.retry(id, now)));
  }

  private void list(StoreCommand.ListTasks command, Instant now) {
    TaskQuery query = command.query();
    query = command.until().isZero() ? query : query.until(now.minus(command.until()));
    query = command.from().isZero() ? query : query.from(now.minus(command.from()));
    List<TaskSummary> listed = new ArrayList<>();
    Optional<TaskId> before = Optional.empty();
    List<TaskSummary> page;
    do {
      page = store.list(query, before, command.atMost());
      assertThat(page).hasSizeLessThanOrEqualTo(command.atMost());
      listed.addAll(page);
      before = page.isEmpty() ? before : Optional.of(page.getLast().id());
    } while (page.size() == command.atMost());
    assertThat(listed).isEqualTo(model.list(query, now));
  }

  private void leave(StoreCommand.LeaveNode command, Instant now) {
    NodeId node = node(command.node());
    store.leave(node);
    for (ModelTask task : model.leave(node)) {
      TaskEvent event = newEvent(task).orElseThrow();
      assertThat(event)
          .isInstanceOfSatisfying(
              AttemptSnoozed.class, snoozed -> assertThat(snoozed.until()).isEqualTo(now));
      task.add(event, now);
    }
  }

  private void rescue(StoreCommand.Rescue command, Instant now) {
    List<ModelTask> orphans = model.orphans(now);
    RescueResult rescued = store.rescue(RESCUER, command.atMost());
    int requeued = 0;
    int failed = 0;
    for (ModelTask task : orphans) {
      Optional<TaskEvent> event = newEvent(task);
      if (event.isPresent()) {
        boolean last = task.task().activity().attempt() == task.task().activity().maxAttempts();
        requeued += last ? 0 : 1;
        failed += last ? 1 : 0;
        assertRescued(task, event.get(), last, now);
        task.add(event.get(), now);
      }
    }
    assertThat(rescued).isEqualTo(new RescueResult(requeued, failed));
    assertThat(requeued + failed).isEqualTo(Math.min(command.atMost(), orphans.size()));
  }

  private static void assertRescued(ModelTask task, TaskEvent event, boolean last, Instant now) {
    if (last) {
      assertThat(event)
          .isInstanceOfSatisfying(
              TaskFailed.class,
              gone -> assertThat(gone.failure().kind()).isEqualTo(FailureKind.LOST));
    } else {
      assertThat(event).isEqualTo(new TaskRescued(task.task().activity().attempt(), now));
    }
  }

  // The words in it are the store's own, so they are taken from there.
  private Optional<TaskEvent> newEvent(ModelTask task) {
    List<LoggedEvent> news = store.events(task.id(), task.log().size(), 2);
    assertThat(news).hasSizeLessThan(2);
    return news.stream().map(LoggedEvent::event).findFirst();
  }

  private void restart() {
    store.close();
    assertAnnounced();
    store = harness.open(clock);
    store.listen(recorded);
    model.places().forget();
    if (harness.endsNodesWhenOpened()) {
      model.endNodes();
    }
    compareAll();
  }

  private void compare(ModelTask task) {
    assertThat(store.find(task.id()))
        .isEqualTo(task.isVisible(clock.instant()) ? Optional.of(task.task()) : Optional.empty());
  }

  /// Compares everything that can be seen.
  void compareAll() {
    Instant now = clock.instant();
    for (ModelTask task : model.all()) {
      boolean visible = task.isVisible(now);
      assertThat(store.events(task.id(), 0, Integer.MAX_VALUE))
          .isEqualTo(visible ? task.log() : List.of());
      assertThat(store.request(task.id()))
          .isEqualTo(visible ? Optional.of(task.given().request()) : Optional.empty());
      task.steps()
          .forEach((name, value) ->
              assertThat(store.step(task.id(), name))
                  .isEqualTo(visible ? Optional.of(value) : Optional.empty()));
    }
    assertThat(TaskStoreModel.byWord(store.counts())).isEqualTo(model.counts(now));
    assertThat(store.hasWorkers()).isEqualTo(model.hasWorkers(now));
    assertThat(harness.notes()).isEqualTo(model.notes());
    for (Set<String> types : List.of(TYPES, Set.of("chat"), Set.of("video"))) {
      assertThat(store.nextDue(types).map(due -> due.isBefore(now) ? now : due))
          .isEqualTo(model.nextDue(types, now));
    }
  }

  /// Compares what was announced with what happened; the store is closed, so nothing is on its way.
  private void assertAnnounced() {
    model.all().forEach(task -> assertThat(recorded.of(task.id())).isEqualTo(task.log()));
    rolledBack.forEach(id -> assertThat(recorded.of(id)).isEmpty());
  }

  private Optional<TaskId> task(int number) {
    List<ModelTask> all = model.all();
    // Half of the time one of the newest, where more happens.
    int among = number % 2 == 0 ? all.size() : Math.min(all.size(), 5);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1 - number / 2 % among).id());
  }

  private Optional<Lease> lease(int number) {
    int among = number % 8 == 0 ? leases.size() : Math.min(leases.size(), 6);
    return leases.isEmpty()
        ? Optional.empty()
        : Optional.of(leases.get(leases.size() - 1 - number / 8 % among));
  }

  private static NodeId node(int number) {
    return new NodeId("node-" + number % NODES);
  }

  /// Compares once more, closes the store, and compares what was announced.
  void end() {
    compareAll();
    store.close();
    assertAnnounced();
  }

  @Override
  public void close() {
    store.close();
    harness.close();
  }
}
