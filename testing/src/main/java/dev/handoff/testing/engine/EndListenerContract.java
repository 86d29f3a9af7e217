package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EndListener;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How every engine announces ends, on every store: extend it with a store to run it there.
public abstract class EndListenerContract {
  private static final TaskType<String, String> WORK = type("work", Policy.DEFAULTS);

  private final TestClock clock = TestClock.atNine();
  private final List<Handoff> started = new ArrayList<>();
  private TaskStore store;

  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open(clock);
  }

  @AfterEach
  final void close() {
    started.reversed().forEach(Handoff::close);
    store.close();
  }

  private interface OnEnd {
    void told(Task task) throws Exception;
  }

  private static EndListener wantingAshas(OnEnd onEnd) {
    return wantingOf("asha", onEnd);
  }

  private static EndListener wantingOf(String owner, OnEnd onEnd) {
    return new EndListener() {
      @Override
      public boolean wants(String type, Submission submission) {
        return submission.owner().equals(owner);
      }

      @Override
      public void onEnd(Task task) throws Exception {
        onEnd.told(task);
      }
    };
  }

  private Handoff start(EndListener ends) {
    return kept(
        Handoff.start(
            store,
            List.of(WORK.handledBy((name, ignored) -> Outcome.done("Hello " + name))),
            HandoffConfig.defaults(),
            Extensions.defaults().telling(ignored -> {}).announcingTo(ends)));
  }

  private Handoff kept(Handoff handoff) {
    started.add(handoff);
    return handoff;
  }

  @Test
  final void announcesAtOnceWhatIsWanted() {
    List<Task> told = new CopyOnWriteArrayList<>();
    Handoff handoff = start(wantingAshas(told::add));
    TaskId unwanted = handoff.submit(WORK, "Ravi", Submission.by("ravi"));
    await().atMost(PATIENCE).until(() -> handoff.find(unwanted).orElseThrow().isTerminal());

    TaskId wanted = handoff.submit(WORK, "Asha", BY_ASHA);

    await().atMost(PATIENCE).until(() -> !told.isEmpty());
    assertThat(told).containsExactly(handoff.find(wanted).orElseThrow());
  }

  @Test
  final void tellsAgainWhatTheListenerDidNotTakeAndTheOthersMeanwhile() {
    AtomicInteger refused = new AtomicInteger();
    List<TaskId> told = new CopyOnWriteArrayList<>();
    Handoff handoff =
        start(
            wantingAshas(task -> {
              // However often it is asked before: a node looks again when it may have missed hints.
              if (task.submission().subjectKey().isPresent() && told.isEmpty()) {
                refused.incrementAndGet();
                throw new IllegalStateException("not now");
              }
              told.add(task.id());
            }));
    TaskId bad = handoff.submit(WORK, "a", BY_ASHA.about("bad"));
    await().atMost(PATIENCE).until(() -> refused.get() > 0);
    TaskId good = handoff.submit(WORK, "b", BY_ASHA);
    await().atMost(PATIENCE).until(() -> told.contains(good));

    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(15));
          return told.contains(bad);
        });

    assertThat(told).containsExactly(good, bad);
  }

  @Test
  final void theNextNodeAnnouncesWhatTheOneBeforeCouldNot() {
    Handoff first =
        start(
            wantingAshas(ignored -> {
              throw new IllegalStateException("about to die");
            }));
    TaskId task = first.submit(WORK, "Asha", BY_ASHA);
    await().atMost(PATIENCE).until(() -> first.find(task).orElseThrow().isTerminal());
    first.close();
    List<TaskId> told = new CopyOnWriteArrayList<>();

    var ignored = start(wantingAshas(ended -> told.add(ended.id())));

    await().atMost(PATIENCE).until(() -> told.contains(task));
  }

  @Test
  final void aNodeLeavesToTheOthersWhatItsOwnListenerDoesNotWant() {
    List<TaskId> toldHere = new CopyOnWriteArrayList<>();
    List<TaskId> toldThere = new CopyOnWriteArrayList<>();
    Handoff listening = startByHand(wantingAshas(ended -> toldThere.add(ended.id())));
    TaskId ashas = listening.submit(WORK, "Asha", BY_ASHA);
    Handoff deaf = start(wantingOf("ravi", ended -> toldHere.add(ended.id())));
    TaskId ravis = deaf.submit(WORK, "Ravi", Submission.by("ravi"));
    // The node goes through the ends in the order of their ids, so it has passed Asha's.
    await().atMost(PATIENCE).until(() -> toldHere.contains(ravis));
    await().atMost(PATIENCE).until(() -> deaf.find(ashas).orElseThrow().isTerminal());
    TaskId another = deaf.submit(WORK, "Ravi", Submission.by("ravi"));
    await().atMost(PATIENCE).until(() -> toldHere.contains(another));

    listening.runDue();

    assertThat(toldHere).containsExactly(ravis, another);
    assertThat(toldThere).containsExactly(ashas);
  }

  @Test
  final void aListenerMayRetryTheTaskOfWhichItIsTold() {
    TaskType<String, String> fragile =
        type("fragile", Policy.DEFAULTS.withRetry(RetryPolicy.NEVER));
    AtomicInteger runs = new AtomicInteger();
    List<TaskState> told = new CopyOnWriteArrayList<>();
    List<Handoff> self = new CopyOnWriteArrayList<>();
    EndListener retrying =
        wantingAshas(task -> {
          if (task.state() instanceof TaskState.Failed) {
            assertThat(self.getFirst().retry(task.id())).isTrue();
          }
          told.add(task.state());
        });
    Handoff handoff =
        startByHand(
            retrying,
            fragile.handledBy((name, ignored) -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("not the first time");
              }
              return Outcome.done(name);
            }));
    self.add(handoff);
    var ignored = handoff.submit(fragile, "Asha", BY_ASHA);

    handoff.runDue();

    assertThat(told).hasExactlyElementsOfTypes(TaskState.Failed.class, TaskState.Completed.class);
  }

  @Test
  final void anEndWhoseListenerFindsTheStoreAwayHoldsUpNoOther() {
    List<TaskId> told = new CopyOnWriteArrayList<>();
    Handoff handoff =
        startByHand(
            wantingAshas(task -> {
              if (task.submission().subjectKey().isPresent()) {
                throw new StoreUnavailableException("its rows are locked", Duration.ofSeconds(1));
              }
              told.add(task.id());
            }));
    TaskId before = handoff.submit(WORK, "a", BY_ASHA);
    var ignored = handoff.submit(WORK, "b", BY_ASHA.about("bad"));
    TaskId after = handoff.submit(WORK, "c", BY_ASHA);

    handoff.runDue();
    handoff.runDue();

    assertThat(told).containsExactly(before, after);
  }

  @Test
  final void anEndThatIsRefusedIsToldAgainAfterGrowingPauses() {
    AtomicInteger asked = new AtomicInteger();
    Handoff handoff =
        startByHand(
            wantingAshas(ignored -> {
              asked.incrementAndGet();
              throw new IllegalStateException("never");
            }));
    var ignored = handoff.submit(WORK, "Asha", BY_ASHA);

    for (int seconds = 0; seconds < 600; seconds += 15) {
      handoff.runDue();
      clock.advance(Duration.ofSeconds(15));
    }

    // After 0, 15, 45, 105, 225 and 465 seconds.
    assertThat(asked).hasValue(6);
  }

  @Test
  final void anEndThatNoListenerWantsAnyLongerIsForgottenAfterADay() {
    TaskType<String, String> kept =
        type("kept", Policy.DEFAULTS.withRetention(Duration.ofDays(30)));
    List<TaskId> told = new CopyOnWriteArrayList<>();
    Handoff first = startByHand(wantingAshas(ended -> told.add(ended.id())));
    EndListener others = wantingOf("ravi", ended -> told.add(ended.id()));
    Handoff second = startByHand(others, kept.handledBy((name, ignored) -> Outcome.done(name)));
    TaskId left =
        startByHand(
                wantingAshas(ignored -> {
                  throw new IllegalStateException("not here");
                }),
                kept.handledBy((name, ignored) -> Outcome.done(name)))
            .submit(kept, "Asha", BY_ASHA);
    second.runDue();
    assertThat(second.find(left).orElseThrow().isTerminal()).isTrue();
    clock.advance(Duration.ofDays(1));

    second.runDue();
    first.runDue();

    assertThat(told).isEmpty();
  }

  @Test
  final void aNodeThatStoppedClaimingGoesOnWhenItIsTold() {
    List<TaskId> told = new CopyOnWriteArrayList<>();
    Handoff handoff = start(wantingAshas(ended -> told.add(ended.id())));
    TaskId before = handoff.submit(WORK, "a", BY_ASHA);
    await().atMost(PATIENCE).until(() -> told.contains(before));
    handoff.stopClaiming();
    handoff.drain();
    TaskId meanwhile = handoff.submit(WORK, "b", BY_ASHA);
    Handoff other = startByHand(wantingAshas(ended -> told.add(ended.id())));
    TaskId others = other.submit(WORK, "c", BY_ASHA);
    other.cancel(others, "not needed");
    assertThat(handoff.find(meanwhile).orElseThrow().isTerminal()).isFalse();
    assertThat(handoff.status().running()).isTrue();
    assertThat(told).containsExactly(before);

    handoff.startClaiming();

    await().atMost(PATIENCE).until(() -> told.containsAll(List.of(meanwhile, others)));
  }

  private Handoff startByHand(EndListener ends) {
    return startByHand(ends, WORK.handledBy((name, ignored) -> Outcome.done("Hello " + name)));
  }

  private Handoff startByHand(EndListener ends, HandledType<?, ?> handled) {
    return kept(
        Handoff.startByHand(
            store,
            List.of(handled),
            HandoffConfig.defaults(),
            Extensions.defaults().telling(ignored -> {}).announcingTo(ends)));
  }

  @Test
  final void byHandItAnnouncesAndRunsWhatFollows() {
    List<String> told = new ArrayList<>();
    List<Handoff> self = new ArrayList<>();
    EndListener chain =
        wantingAshas(task -> {
          told.add(task.result().orElseThrow().text());
          if (told.size() < 3) {
            var ignored = self.getFirst().submit(WORK, "next " + told.size(), BY_ASHA);
          }
        });
    Handoff handoff =
        kept(
            Handoff.startByHand(
                store,
                List.of(WORK.handledBy((name, ignored) -> Outcome.done(name))),
                HandoffConfig.defaults(),
                Extensions.defaults().announcingTo(chain)));
    self.add(handoff);
    var ignored = handoff.submit(WORK, "first", BY_ASHA);

    handoff.runDue();

    assertThat(told).containsExactly("first", "next 1", "next 2");
  }
}
