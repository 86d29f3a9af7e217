package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handoff.BudgetEntry;
import dev.handoff.BudgetExceededException;
import dev.handoff.Budgets;
import dev.handoff.Budgets.Balance;
import dev.handoff.Effect;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Settlement;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

interface BudgetContract extends StoreContract {
  String TOKENS = "tokens of asha";

  private Budgets budgets() {
    return store().budgets();
  }

  private Balance balance() {
    return budgets().balance(TOKENS).orElseThrow();
  }

  private boolean reserve(Claim claim, long units) {
    return store().budgets().reserve(claim.lease(), TOKENS, units);
  }

  private boolean finish(Claim claim, Effect... effects) {
    return store()
        .append(claim.lease(), List.of(new TaskCompleted(new Payload("done"))), List.of(effects));
  }

  private static Settlement settlement(long units) {
    return new Settlement(TOKENS, units, "a chat");
  }

  @Test
  default void addsUnitsOnceForEachReference() {
    assertThat(budgets().balance(TOKENS)).isEmpty();

    assertThat(budgets().add(TOKENS, 1_000, "order-1")).isTrue();
    assertThat(budgets().add(TOKENS, 1_000, "order-1")).isFalse();
    assertThat(budgets().add(TOKENS, 500, "order-2")).isTrue();
    assertThat(budgets().add("somebody else's", 7, "order-1")).isTrue();

    assertThat(balance()).isEqualTo(new Balance(1_500, 0));
    assertThat(budgets().entries(TOKENS, 10))
        .extracting(BudgetEntry::reference)
        .containsExactlyInAnyOrder("order-1", "order-2");
  }

  @Test
  default void refusesWhatIsNoAmountAndNoName() {
    assertThatThrownBy(() -> budgets().add(TOKENS, 0, "order-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> budgets().add(TOKENS, Budgets.LIMIT + 1, "order-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> budgets().add(" ", 1, "order-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> budgets().entries(TOKENS, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Settlement(TOKENS, -1, "a chat"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void holdsUnitsWhileTheTaskIsOpenAndTakesWhatItUsed() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim claim = claimed(aTask());

    assertThat(reserve(claim, 700)).isTrue();

    assertThat(balance()).isEqualTo(new Balance(1_000, 700));
    clock().advance(Duration.ofSeconds(1));
    assertThat(finish(claim, settlement(450), harness().note("done"))).isTrue();
    assertThat(balance()).isEqualTo(new Balance(550, 0));
    assertThat(budgets().entries(TOKENS, 1))
        .containsExactly(
            new BudgetEntry(
                TOKENS, claim.lease().task().toString(), -450, "a chat", clock().instant()));
  }

  @Test
  default void exactlyEnoughIsEnoughAndOneLessIsNot() {
    budgets().add(TOKENS, 699, "order-1");
    Claim claim = claimed(aTask());

    BudgetExceededException refused =
        catchThrowableOfType(BudgetExceededException.class, () -> reserve(claim, 700));

    assertThat(refused.asked()).isEqualTo(700);
    assertThat(refused.available()).isEqualTo(699);
    assertThat(balance()).isEqualTo(new Balance(699, 0));
    budgets().add(TOKENS, 1, "order-2");
    assertThat(reserve(claim, 700)).isTrue();
    assertThatThrownBy(() -> store().budgets().reserve(claim.lease(), "no such account", 1))
        .isInstanceOf(BudgetExceededException.class);
  }

  @Test
  default void takesWhatIsLeftAndNeverMore() {
    budgets().add(TOKENS, 300, "order-1");
    Claim claim = claimed(aTask());
    reserve(claim, 300);
    clock().advance(Duration.ofSeconds(1));

    finish(claim, settlement(900));

    assertThat(balance()).isEqualTo(new Balance(0, 0));
    assertThat(budgets().entries(TOKENS, 1).getFirst().units()).isEqualTo(-300);
  }

  @Test
  default void freesWhatIsNotSettledHoweverTheTaskEnds() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim fallback = claimed(aTask());
    reserve(fallback, 1_000);
    finish(fallback);
    assertThat(balance()).isEqualTo(new Balance(1_000, 0));

    Claim failing = claimed(aTask());
    reserve(failing, 1_000);
    append(failing, new TaskFailed(new Failure(FailureKind.ERROR, "no luck")));
    assertThat(balance()).isEqualTo(new Balance(1_000, 0));

    Claim unwanted = claimed(aTask());
    reserve(unwanted, 1_000);
    store().cancel(unwanted.lease().task(), "changed my mind");
    assertThat(balance()).isEqualTo(new Balance(1_000, 0));

    Claim poison = claimed(aTask().withAttempts(1));
    reserve(poison, 1_000);
    clock().advance(Duration.ofHours(2));
    store().rescue(new NodeId("node-2"), 10);
    assertThat(task(poison.lease().task()).isTerminal()).isTrue();
    assertThat(balance()).isEqualTo(new Balance(1_000, 0));
  }

  @Test
  default void takesNothingThatOthersHold() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim greedy = claimed(aTask());
    Claim other = claimed(aTask());
    reserve(greedy, 100);
    reserve(other, 700);

    assertThat(finish(greedy, settlement(900))).isTrue();

    assertThat(balance()).as("300 were not held by the other").isEqualTo(new Balance(700, 700));
    assertThat(finish(other, settlement(700))).isTrue();
    assertThat(balance()).isEqualTo(new Balance(0, 0));
  }

  @Test
  default void holdsUnitsOverAllAttempts() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim first = claimed(aTask());
    reserve(first, 700);
    append(
        first, new AttemptFailed(1, new Failure(FailureKind.ERROR, "no luck"), clock().instant()));
    reopen();

    assertThat(balance().reserved()).isEqualTo(700);
    Claim second = claimed(first.lease().task());
    assertThat(reserve(second, 700)).isTrue();
    assertThat(reserve(second, 600)).isTrue();
    assertThat(balance().reserved()).isEqualTo(700);
    assertThat(reserve(second, 900)).isTrue();
    assertThat(balance().reserved()).isEqualTo(900);
    assertThatThrownBy(() -> reserve(second, 1_001)).isInstanceOf(BudgetExceededException.class);
    assertThat(balance().reserved()).isEqualTo(900);
  }

  @Test
  default void aLateAttemptNeitherReservesNorSettles() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim late = claimed(aTask());
    append(
        late, new AttemptFailed(1, new Failure(FailureKind.ERROR, "no luck"), clock().instant()));
    Claim next = claimed(late.lease().task());

    assertThat(reserve(late, 700)).isFalse();
    assertThat(finish(late, settlement(700))).isFalse();
    assertThat(balance()).isEqualTo(new Balance(1_000, 0));

    assertThat(reserve(next, 700)).isTrue();
    assertThat(finish(next, settlement(500))).isTrue();
    assertThat(finish(next, settlement(500))).isFalse();
    assertThat(balance()).isEqualTo(new Balance(500, 0));
  }

  @Test
  default void settlesNothingWhenAnEffectFails() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim claim = claimed(aTask());
    reserve(claim, 700);

    assertThatThrownBy(() -> finish(claim, harness().failingAfterNote("no"), settlement(500)))
        .hasCauseInstanceOf(StoreHarness.EffectFailed.class);

    assertThat(balance()).isEqualTo(new Balance(1_000, 700));
    assertThat(finish(claim, settlement(500))).isTrue();
    assertThat(balance()).isEqualTo(new Balance(500, 0));
  }

  @Test
  default void aRetryByHandBeginsWithoutAReservation() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim failed = claimed(aTask());
    reserve(failed, 700);
    append(failed, new TaskFailed(new Failure(FailureKind.ERROR, "no luck")));
    Claim other = claimed(aTask());
    reserve(other, 700);

    assertThat(store().retry(failed.lease().task())).isTrue();

    assertThat(balance().reserved()).isEqualTo(700);
    Claim again = claimed(failed.lease().task());
    assertThatThrownBy(() -> reserve(again, 700)).isInstanceOf(BudgetExceededException.class);
    finish(other);
    assertThat(reserve(again, 700)).isTrue();
  }

  @Test
  default void whatARetriedTaskHeldBeforeCountsNoMore() {
    budgets().add(TOKENS, 1_000, "order-1");
    Claim failed = claimed(aTask());
    reserve(failed, 700);
    append(failed, new TaskFailed(new Failure(FailureKind.ERROR, "no luck")));

    assertThat(store().retry(failed.lease().task())).isTrue();
    assertThat(balance().reserved()).isZero();
    Claim again = claimed(failed.lease().task());
    assertThat(reserve(again, 400)).isTrue();
    assertThat(balance().reserved()).isEqualTo(400);
  }

  @Test
  default void reservesInTheTransactionOfTheSubmit() {
    budgets().add(TOKENS, 1_000, "order-1");
    List<TaskId> ids = new ArrayList<>();

    harness()
        .inTransaction(() -> {
          ids.add(submitted(aTask()));
          assertThat(budgets().reserve(ids.getFirst(), TOKENS, 700)).isTrue();
          assertThat(balance().reserved()).isEqualTo(700);
        });
    assertThat(balance().reserved()).isEqualTo(700);
    assertThat(reserve(claimed(ids.getFirst()), 700)).isTrue();

    assertThatThrownBy(() ->
            harness()
                .inTransaction(() -> {
                  ids.add(submitted(aTask()));
                  budgets().reserve(ids.getLast(), TOKENS, 700);
                }))
        .isInstanceOf(BudgetExceededException.class);
    assertThat(store().find(ids.getLast())).isEmpty();
    assertThat(balance().reserved()).isEqualTo(700);
    assertThat(budgets().reserve(ids.getLast(), TOKENS, 1)).isFalse();
  }

  @Test
  default void manyAtOnceNeverHoldMoreThanThereIs() throws Exception {
    budgets().add(TOKENS, 10 * 700 + 699, "order-1");
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      claims.add(claimed(aTask()));
    }
    List<Claim> granted = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> reserves = new ArrayList<>();
      claims.forEach(claim -> reserves.add(() -> reserve(claim, 700)));
      List<Future<Boolean>> answers = threads.invokeAll(reserves);
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).state() == Future.State.SUCCESS) {
          granted.add(claims.get(i));
        } else {
          assertThat(answers.get(i).exceptionNow()).isInstanceOf(BudgetExceededException.class);
        }
      }
      assertThat(granted).hasSize(10);
      assertThat(balance().reserved()).isEqualTo(7_000);
      List<Callable<Boolean>> finishes = new ArrayList<>();
      granted.forEach(claim -> finishes.add(() -> finish(claim, settlement(100))));
      assertThat(threads.invokeAll(finishes)).allMatch(Future::resultNow);
    }

    assertThat(balance()).isEqualTo(new Balance(7_699 - 1_000, 0));
    assertThat(budgets().entries(TOKENS, 200)).hasSize(11);
  }

  @Test
  default void crossedAccountsAreSettledWithoutWaitingForEachOther() throws Exception {
    List<Callable<Boolean>> finishes = new ArrayList<>();
    for (String account : List.of("a", "b", "c")) {
      budgets().add(account, 10_000, "order-1");
    }
    List<List<String>> orders = List.of(List.of("a", "b", "c"), List.of("c", "b", "a"));
    for (int i = 0; i < 60; i++) {
      Claim claim = claimed(aTask());
      Effect[] effects =
          orders.get(i % 2).stream()
              .map(account -> new Settlement(account, 10, "a chat"))
              .toArray(Effect[]::new);
      finishes.add(() -> finish(claim, effects));
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(finishes)).allMatch(Future::resultNow);
    }

    for (String account : List.of("a", "b", "c")) {
      assertThat(budgets().balance(account)).contains(new Balance(9_400, 0));
    }
  }
}
