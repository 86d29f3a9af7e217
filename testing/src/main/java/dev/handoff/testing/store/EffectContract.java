package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Effect;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Payload;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Processing;
import dev.handoff.UncachedResult;
import dev.handoff.store.Claim;
import dev.handoff.store.EffectFailedException;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

interface EffectContract extends StoreContract {
  private boolean finish(Claim claim, Effect... effects) {
    return store()
        .append(claim.lease(), List.of(new TaskCompleted(new Payload("done"))), List.of(effects));
  }

  private SubmitResult submit(TaskDraft draft) {
    return store().submit(List.of(draft.at(clock().instant()))).getFirst();
  }

  @Test
  default void commitsEffectsWithTheFinish() {
    Claim claim = claimed(aTask());

    assertThat(finish(claim, harness().note("one"), harness().note("two"))).isTrue();

    assertThat(harness().notes()).containsExactly("one", "two");
  }

  @Test
  default void finishesNothingWhenAnEffectFails() {
    Claim claim = claimed(aTask());

    assertThatThrownBy(
            () -> finish(claim, harness().note("one"), harness().failingAfterNote("two")))
        .isInstanceOf(EffectFailedException.class)
        .hasCauseInstanceOf(StoreHarness.EffectFailed.class);

    assertThat(harness().notes()).isEmpty();
    assertThat(task(claim.lease().task()).state()).isInstanceOf(Processing.class);
    assertThat(events(claim.lease().task())).hasSize(2);
    assertThat(finish(claim, harness().note("three"))).isTrue();
    assertThat(harness().notes()).containsExactly("three");
  }

  @Test
  default void keepsAResultWithEffectsFromEqualTasks() {
    TaskDraft question = aTask().cachedBy("x=?", Duration.ofHours(1));
    Claim first = claimed(question);
    assertThat(finish(first, harness().note("of the first"))).isTrue();

    SubmitResult second = submit(question);
    assertThat(second.origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(finish(claimed(second.id()), harness().note("of the second"))).isTrue();

    assertThat(harness().notes()).containsExactly("of the first", "of the second");
    Claim third = claimed(question);
    assertThat(finish(third)).isTrue();
    assertThat(submit(question).origin()).isEqualTo(SubmitOrigin.CACHED);
  }

  @Test
  default void keepsAnUncachedResultFromEqualTasks() {
    TaskDraft question = aTask().cachedBy("y=?", Duration.ofHours(1));

    assertThat(finish(claimed(question), new UncachedResult())).isTrue();

    assertThat(submit(question).origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(harness().notes()).isEmpty();
  }

  @Test
  default void refusesEffectsThatItDoesNotKnow() {
    Claim claim = claimed(aTask());

    assertThatThrownBy(() -> finish(claim, new Effect() {}))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(task(claim.lease().task()).state()).isInstanceOf(Processing.class);
  }

  @Test
  default void letsAFailingEffectHarmNobodyElse() throws Exception {
    List<Callable<Boolean>> finishes = new ArrayList<>();
    List<TaskId> failing = new ArrayList<>();
    List<TaskId> good = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Claim claim = claimed(aTask());
      Effect effect;
      if (i % 10 == 3) {
        failing.add(claim.lease().task());
        effect = harness().failingAfterNote("bad " + i);
      } else {
        good.add(claim.lease().task());
        effect = harness().note("good " + i);
      }
      finishes.add(() -> finish(claim, effect));
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(finishes))
          .filteredOn(future -> future.state() == Future.State.SUCCESS)
          .hasSize(good.size());
    }

    assertThat(good).allSatisfy(id -> assertThat(task(id).state()).isInstanceOf(Completed.class));
    assertThat(failing)
        .allSatisfy(id -> assertThat(task(id).state()).isInstanceOf(Processing.class));
    assertThat(harness().notes())
        .hasSize(good.size())
        .doesNotHaveDuplicates()
        .allMatch(note -> note.startsWith("good"));
  }

  @Test
  default void remembersTheFirstValueOfAStep() {
    Claim claim = claimed(aTask());
    TaskId id = claim.lease().task();
    assertThat(store().step(id, "outline")).isEmpty();

    assertThat(store().saveStep(claim.lease(), "outline", new Payload("first"))).isTrue();
    assertThat(store().saveStep(claim.lease(), "outline", new Payload("second"))).isTrue();

    assertThat(store().step(id, "outline")).contains(new Payload("first"));
    assertThat(store().step(id, "other")).isEmpty();
    assertThat(store().step(submitted(aTask()), "outline")).isEmpty();
  }

  @Test
  default void keepsStepsForTheNextAttempt() {
    Claim first = claimed(aTask());
    TaskId id = first.lease().task();
    for (String text : HostileTexts.all()) {
      store().saveStep(first.lease(), text, new Payload(text));
    }
    append(
        first, new AttemptFailed(1, new Failure(FailureKind.ERROR, "no luck"), clock().instant()));
    claimed(id);
    reopen();

    for (String text : HostileTexts.all()) {
      assertThat(store().step(id, text)).contains(new Payload(text));
    }
  }
}
