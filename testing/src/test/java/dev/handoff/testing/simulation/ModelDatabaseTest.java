package dev.handoff.testing.simulation;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Effect;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import dev.handoff.store.Claim;
import dev.handoff.store.EffectFailedException;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.store.StoreListener;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.store.RecordedEvents;
import dev.handoff.testing.store.TaskDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several stores over one database.
final class ModelDatabaseTest {
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId TWO = new NodeId("two");

  private final TestClock clock = TestClock.atNine();
  private final ModelDatabase database = new ModelDatabase();
  private final List<StoreHint> sent = new ArrayList<>();
  private final ModelTaskStore one =
      ModelTaskStore.open(database, clock, (_, hint) -> sent.add(hint));
  private final ModelTaskStore two = ModelTaskStore.open(database, clock);

  @BeforeEach
  void join() {
    one.join(new Node(ONE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    two.join(new Node(TWO, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
  }

  private TaskId submitted(TaskDraft draft) {
    NewTask task = draft.at(clock.instant());
    one.submit(List.of(task));
    return task.id();
  }

  private static boolean complete(ModelTaskStore store, Claim claim, Effect... effects) {
    List<TaskEvent> completed = List.of(new TaskCompleted(new Payload("done")));
    return store.append(claim.lease(), completed, List.of(effects));
  }

  /// What one listener was told.
  private static final class RecordingListener implements StoreListener {
    private final List<String> all = new ArrayList<>();

    @Override
    public void onTasksDue() {
      all.add("work");
    }

    @Override
    public void onEvents(TaskId task, List<LoggedEvent> events) {
      all.add("events");
    }

    @Override
    public void onEndsPending() {
      all.add("ends");
    }

    @Override
    public void onSubmitted(TaskId task, Submission submission) {
      all.add("submitted");
    }

    @Override
    public void onChangedRemotely(TaskId task) {
      all.add("elsewhere");
    }

    @Override
    public void onHintsLost() {
      all.add("missed");
    }

    @Override
    public void onNodesLost() {
      all.add("nodes lost");
    }
  }

  @Test
  void tellsItsOwnListenersAtOnceAndTheOthersByHints() {
    RecordingListener here = new RecordingListener();
    RecordingListener there = new RecordingListener();
    one.listen(here);
    two.listen(there);

    TaskId task = submitted(aTask().announced());
    assertThat(here.all).containsExactly("submitted", "events", "work");
    assertThat(sent).containsExactly(new StoreHint.DueHint(), new StoreHint.RemoteHint(task));
    assertThat(there.all).isEmpty();

    sent.forEach(two::hear);
    two.hear(new StoreHint.LostHint());
    assertThat(there.all).containsExactly("work", "elsewhere", "missed");

    here.all.clear();
    two.cancel(task, "not needed");
    assertThat(here.all).containsExactly("ends", "elsewhere");
  }

  @Test
  void goesOnFromAnOlderCopy() {
    TaskId task = submitted(aTask());
    Claim claim = one.claim(task, ONE).orElseThrow();
    one.append(claim.lease(), List.of(new ChunkEmitted("kept")), List.of());
    one.saveStep(claim.lease(), "step", new Payload("kept"));
    one.budgets().add("account", 100, "order-1");
    List<LoggedEvent> log = one.events(task, 0, 10);
    ModelDatabase older = database.copy();

    one.append(claim.lease(), List.of(new ChunkEmitted("lost")), List.of());
    one.budgets().add("account", 100, "order-2");
    ModelEffect note = notes -> notes.add("lost");
    assertThat(complete(one, claim, note)).isTrue();
    TaskId lost = submitted(aTask());
    database.restore(older);

    assertThat(one.events(task, 0, 10)).isEqualTo(log);
    assertThat(two.step(task, "step")).contains(new Payload("kept"));
    assertThat(one.find(lost)).isEmpty();
    assertThat(database.notes()).isEmpty();
    assertThat(one.budgets().balance("account").orElseThrow().units()).isEqualTo(100);
    assertThat(complete(two, claim)).as("its lease is the older one's").isTrue();
    assertThat(older.copy().notes()).isEmpty();
  }

  @Test
  void aCopyGoesItsOwnWay() {
    TaskId task = submitted(aTask().joinedBy("same").inTenant("school"));
    ModelTaskStore copy = ModelTaskStore.open(database.copy(), clock);

    Claim claim = copy.claim(task, ONE).orElseThrow();
    assertThat(complete(copy, claim)).isTrue();

    assertThat(one.events(task, 0, 10)).hasSize(1);
    assertThat(complete(one, one.claim(task, TWO).orElseThrow())).isTrue();
    assertThat(copy.events(task, 0, 10)).hasSize(3);
  }

  @Test
  void takesBackWhatANodeHeldWhoseSessionEnded() {
    RecordingListener there = new RecordingListener();
    two.listen(there);
    Claim claim = one.claim(submitted(aTask()), ONE).orElseThrow();
    there.all.clear();

    database.loseSession(ONE);
    assertThat(there.all).containsExactly("nodes lost");
    assertThat(two.rescue(TWO, 10)).isEqualTo(new RescueResult(1, 0));
    assertThat(one.renew(ONE, clock.instant().plusSeconds(10))).isFalse();
    assertThat(complete(one, claim)).isFalse();
  }

  @Test
  void aTransactionThatMeetsAnothersWriteIsNotCommitted() {
    RecordedEvents told = new RecordedEvents();
    one.listen(told);
    NewTask mine = aTask().joinedBy("same").at(clock.instant());
    NewTask first = aTask().at(clock.instant());
    NewTask theirs = aTask().joinedBy("same").at(clock.instant());

    assertThatThrownBy(() ->
            database.inTransaction(() -> {
              one.submit(List.of(first, mine));
              onAnotherThread(() -> two.submit(List.of(theirs)));
            }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(one.find(first.id())).isEmpty();
    assertThat(told.of(first.id())).isEmpty();
    database.inTransaction(
        () -> assertThat(one.submit(List.of(mine)).getFirst().id()).isEqualTo(theirs.id()));
  }

  @Test
  void aTransactionEndsWithTheDataItBeganOn() {
    ModelDatabase older = database.copy();

    assertThatThrownBy(() ->
            database.inTransaction(() -> {
              one.submit(List.of(aTask().at(clock.instant())));
              onAnotherThread(() -> database.restore(older));
            }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(one.counts()).isEmpty();
  }

  @Test
  void twoStoresDoNotAnnounceTheSameEndAtATime() {
    TaskId task = submitted(aTask().announced());
    one.cancel(task, "not needed");
    List<Announced> meanwhile = new ArrayList<>();

    Announced announced =
        one.announceEnds(
            Optional.empty(),
            10,
            _ -> meanwhile.add(two.announceEnds(Optional.empty(), 10, _ -> true)));

    assertThat(announced.tasks()).isEqualTo(1);
    assertThat(meanwhile).containsExactly(new Announced(0, Optional.empty()));
    assertThat(two.announceEnds(Optional.empty(), 10, _ -> true).tasks()).isZero();
  }

  @Test
  void whatADeadStoreWasAnnouncingIsTheOthers() {
    one.cancel(submitted(aTask().announced()), "not needed");

    assertThatThrownBy(() ->
            one.announceEnds(
                Optional.empty(),
                10,
                _ -> {
                  one.close();
                  return two.announceEnds(Optional.empty(), 10, _ -> true).tasks() == 1;
                }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(two.announceEnds(Optional.empty(), 10, _ -> true).tasks())
        .as("the other one has announced it")
        .isZero();
    assertThatThrownBy(() -> one.counts()).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void nothingIsAnnouncedOfDataThatWasReplacedMeanwhile() {
    one.cancel(submitted(aTask().announced()), "not needed");
    ModelDatabase older = database.copy();

    assertThatThrownBy(() ->
            one.announceEnds(
                Optional.empty(),
                10,
                _ -> {
                  database.restore(older);
                  return true;
                }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(one.announceEnds(Optional.empty(), 10, _ -> true).tasks()).isEqualTo(1);
  }

  @Test
  void anErrorOfAnEffectUndoesEverything() {
    Claim claim = one.claim(submitted(aTask().inTenant("school")), ONE).orElseThrow();
    ModelEffect broken =
        notes -> {
          notes.add("half");
          throw new OutOfMemoryError("simulated");
        };

    assertThatThrownBy(() -> complete(one, claim, broken))
        .isInstanceOf(EffectFailedException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);

    assertThat(database.notes()).isEmpty();
    assertThat(complete(one, claim)).isTrue();
  }

  private static void onAnotherThread(Runnable work) {
    try {
      Thread.ofVirtual().start(work).join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
