package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.NoResult;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.PayloadException;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskType;
import dev.handoff.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a request and a result may be, and how requests of older versions are read: extend it with
/// a store to run it there.
public abstract class EnginePayloadContract extends SteppedEngineContract {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final TaskType<String, String> FIRST =
      TaskType.of("greet", String.class, String.class)
          .withPolicy(
              Policy.DEFAULTS
                  .withRetry(
                      RetryPolicy.every(Duration.ofSeconds(1)).upTo(2).givingUpAfter(AN_HOUR))
                  .withSharing(Sharing.joining()));
  private static final TaskType<String, String> THIRD =
      FIRST
          .withRequestVersion(3)
          .upcasting(1, String.class, name -> "one " + name)
          .upcasting(
              2,
              String.class,
              name -> {
                if (name.equals("lost")) {
                  throw new IllegalStateException("thrown by a test's upcaster");
                }
                return "two " + name;
              });

  private static HandledType<String, String> greeting(TaskType<String, String> type) {
    return type.answeredBy((name, context) -> "hello " + name);
  }

  private Handoff node(TaskType<String, String> type) {
    return engine.startByHand(List.of(greeting(type)));
  }

  private Handoff nodeOf(HandledType<?, ?> handled) {
    return engine.startByHand(List.of(handled));
  }

  @Test
  final void requestsOfOlderVersionsAreConverted() {
    TaskId first = node(FIRST).submit(FIRST, "Asha", BY_ASHA);
    TaskType<String, String> second = FIRST.withRequestVersion(2);
    TaskId next = node(second).submit(second, "Ben", BY_ASHA);
    Handoff now = node(THIRD);
    TaskId last = now.submit(THIRD, "Cy", BY_ASHA);

    assertThat(now.request(THIRD, first)).contains("one Asha");
    now.runDue();

    assertThat(now.result(THIRD, engine.task(first))).contains("hello one Asha");
    assertThat(now.result(THIRD, engine.task(next))).contains("hello two Ben");
    assertThat(now.result(THIRD, engine.task(last))).contains("hello Cy");
    assertThat(now.request(THIRD, last)).contains("Cy");
  }

  @Test
  final void equalRequestsOfDifferentVersionsAreNotTheSame() {
    TaskId first = node(FIRST).submit(FIRST, "Asha", BY_ASHA);

    assertThat(node(THIRD).submit(THIRD, "Asha", BY_ASHA)).isNotEqualTo(first);
    assertThat(node(FIRST).submit(FIRST, "Asha", BY_ASHA)).isEqualTo(first);
  }

  @Test
  final void aVersionThatThisCodeDoesNotKnowWaitsForOneThatDoes() {
    TaskId id = node(THIRD).submit(THIRD, "Asha", BY_ASHA);
    Handoff old = node(FIRST);

    old.runDue();

    assertThat(engine.task(id).state()).isInstanceOf(Queued.class);
    assertThat(engine.task(id).activity().attempt()).isZero();
    clock.advance(Duration.ofSeconds(1));
    node(THIRD).runDue();
    assertThat(old.result(THIRD, engine.task(id))).contains("hello Asha");
  }

  @Test
  final void aNodeThatCannotReadATaskLeavesItsTypeToOthersForAMoment() {
    Handoff newer = node(THIRD);
    List<TaskId> tasks =
        List.of(newer.submit(THIRD, "Asha", BY_ASHA), newer.submit(THIRD, "Ben", BY_ASHA));
    Handoff older =
        engine.startByHand(
            HandoffConfig.defaults().withConcurrency(1),
            List.of(greeting(FIRST)),
            engine.extensions());

    older.runDue();
    assertThat(started(tasks)).isEqualTo(1);

    clock.advance(Duration.ofMillis(300));
    older.runDue();
    assertThat(started(tasks)).isEqualTo(2);
  }

  private long started(List<TaskId> tasks) {
    return tasks.stream()
        .filter(id ->
            store.events(id, 0, 10).stream()
                .anyMatch(logged -> logged.event() instanceof AttemptStarted))
        .count();
  }

  @Test
  final void aRequestWithoutAnUpcasterOrWithABrokenOneFailsWithASentence() {
    TaskType<String, String> second = FIRST.withRequestVersion(2);
    TaskId broken = node(second).submit(second, "lost", BY_ASHA);
    assertThat(failure(THIRD, broken))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE))
        .satisfies(failure -> assertThat(failure.message()).contains("'greet'", "upcaster"));

    TaskId without = node(FIRST).submit(FIRST, "Asha", BY_ASHA);
    assertThat(failure(second, without).kind()).isEqualTo(FailureKind.UNREADABLE);
    assertThatThrownBy(() -> node(second).request(second, without))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("'greet'")
        .hasMessageContaining("version 1")
        .hasMessageContaining("no upcaster");
  }

  private Failure failure(TaskType<String, String> type, TaskId id) {
    Handoff node = node(type);
    for (int i = 0; i < 5 && !engine.task(id).isTerminal(); i++) {
      node.runDue();
      clock.advance(AN_HOUR);
    }
    assertThat(engine.task(id).activity().attempt()).isEqualTo(1);
    return ((Failed) engine.task(id).state()).failure();
  }

  @Test
  final void aRequestThatLooksLikeAVersionIsStillItself() {
    for (String text :
        List.of("#handoff-request-v2\nx", "#handoff-request-v", "#handoff-request-vx\n")) {
      Handoff node = node(FIRST);
      TaskId id = node.submit(FIRST, text, BY_ASHA);
      node.runDue();
      assertThat(node.request(FIRST, id)).contains(text);
      assertThat(node.result(FIRST, engine.task(id))).contains("hello " + text);
    }
  }

  @Test
  final void versionsAreCheckedWhereTheyAreWritten() {
    assertThatThrownBy(() -> FIRST.withRequestVersion(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> FIRST.upcasting(1, String.class, name -> name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 1");
    assertThatThrownBy(() -> THIRD.upcasting(2, String.class, name -> name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two upcasters");
    assertThatThrownBy(() -> THIRD.withRequestVersion(2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  final void nothingIsStoredOfARequestThatCannotBeRead() {
    Handoff node = node(FIRST);
    @Nullable String nothing = absent();

    assertThatThrownBy(() -> node.submit(FIRST, nothing, BY_ASHA))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("'greet'")
        .hasMessageContaining("null");
    TaskType<Integer, String> count = TaskType.of("count", Integer.class, String.class);
    Handoff counting = nodeOf(count.answeredBy((number, context) -> "counted"));
    assertThatThrownBy(() -> counting.submit(count, 7, BY_ASHA))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("'count'")
        .hasMessageContaining("Integer");
    assertThat(store.counts()).isEmpty();
  }

  @SuppressWarnings("NullAway")
  private static String absent() {
    return null;
  }

  @Test
  final void aTaskMayGiveNothingBack() {
    TaskType<String, NoResult> send = TaskType.of("send", String.class);
    List<String> sent = new ArrayList<>();
    Handoff node =
        nodeOf(
            send.handledBy((letter, context) -> {
              sent.add(letter);
              return Outcome.done();
            }));
    TaskId id = node.submit(send, "Dear Ben", BY_ASHA);
    assertThat(node.result(send, engine.task(id))).isEmpty();

    node.runDue();

    Task ended = engine.task(id);
    assertThat(sent).containsExactly("Dear Ben");
    assertThat(ended.result()).contains(new Payload("null"));
    assertThat(node.result(send, ended)).contains(NoResult.INSTANCE);
  }

  @Test
  final void aResultOfTheTypeVoidIsNothing() {
    TaskType<String, Void> send = TaskType.of("send", String.class, Void.class);
    Handoff node = nodeOf(send.handledBy((letter, context) -> nothing()));
    TaskId id = node.submit(send, "Dear Ben", BY_ASHA);

    node.runDue();

    assertThat(engine.task(id).isTerminal()).isTrue();
    assertThat(engine.task(id).result()).isPresent();
    assertThat(node.result(send, engine.task(id))).isEmpty();
  }

  @SuppressWarnings("NullAway")
  private static <R> Outcome<R> nothing() {
    return Outcome.done((R) null);
  }

  @Test
  final void aResultOfNullFailsTheAttempt() {
    for (HandledType<String, String> handled :
        List.of(
            FIRST.handledBy((name, context) -> nothing()),
            FIRST.answeredBy((name, context) -> absent()))) {
      Handoff node = nodeOf(handled);
      TaskId id = node.submit(FIRST, "Asha", BY_ASHA);
      node.runDue();
      clock.advance(Duration.ofSeconds(1));
      node.runDue();

      assertThat(engine.task(id).state())
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.failure().message()).contains("'greet'", "null"));
      assertThat(node.result(FIRST, engine.task(id))).isEmpty();
    }
  }

  @Test
  final void aStepOfNullFailsTheAttempt() {
    Handoff node =
        nodeOf(
            FIRST.answeredBy(
                (name, context) -> context.step("look", String.class, () -> absent())));
    TaskId id = node.submit(FIRST, "Asha", BY_ASHA);

    node.runDue();

    assertThat(engine.task(id).activity().attempt()).isEqualTo(1);
    assertThat(store.step(id, "look")).isEmpty();
  }

  @Test
  final void aStepAndATypeMaySayTheirTypesInFull() {
    TaskType<String, String> plain =
        TaskType.of("plain", new TypeRef<String>() {}, TypeRef.of(String.class));
    Handoff node =
        nodeOf(
            plain.answeredBy((name, context) ->
                context.step("greet", new TypeRef<String>() {}, () -> "hello " + name)));
    TaskId id = node.submit(plain, "Asha", BY_ASHA);

    node.runDue();

    assertThat(plain).isEqualTo(plain.withPolicy(plain.policy()));
    assertThat(node.result(plain, engine.task(id))).isEqualTo(Optional.of("hello Asha"));
    TaskType<List<String>, String> lists =
        TaskType.of("lists", new TypeRef<List<String>>() {}, TypeRef.of(String.class));
    Handoff strings = nodeOf(lists.answeredBy((names, context) -> "x"));
    assertThatThrownBy(() -> strings.submit(lists, List.of("a"), BY_ASHA))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("'lists'");
  }
}
