package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.AttemptException;
import dev.handoff.Extensions;
import dev.handoff.FailureKind;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What nodes of different versions of an application do with each other's tasks: extend it with a
/// store to run it there.
public abstract class EngineVersionsContract extends SteppedEngineContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final HandoffConfig DEFAULTS = HandoffConfig.defaults();

  @Test
  final void theAttemptsOfTheSubmitCountOnEveryNode() {
    AtomicInteger calls = new AtomicInteger();
    for (int[] change : new int[][] {{2, 6}, {5, 2}}) {
      calls.set(0);
      TaskType<String, String> before = retried("changed", change[0]);
      TaskType<String, String> after = retried("changed", change[1]);
      TaskId id;
      try (Handoff old =
          engine.startByHand(before, (request, context) -> Outcome.done("not here"))) {
        id = old.submit(before, "x", BY_ASHA);
      }
      Handoff deployed =
          engine.startByHand(
              after,
              (request, context) -> {
                calls.incrementAndGet();
                throw AttemptException.of(FailureKind.UNAVAILABLE, "not there");
              });

      for (int i = 0; i < 10; i++) {
        deployed.runDue();
        clock.advance(MINUTE);
      }
      deployed.close();

      assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
      assertThat(calls).hasValue(change[0]);
      assertThat(engine.task(id).activity().maxAttempts()).isEqualTo(change[0]);
    }
  }

  private static TaskType<String, String> retried(String name, int attempts) {
    return type(name, Policy.DEFAULTS.withRetry(RetryPolicy.every(MINUTE).upTo(attempts)));
  }

  /// Reads and writes strings of its own version only.
  private record Version(String prefix) implements PayloadCodec {
    @Override
    public Payload encode(Object value) {
      return new Payload(prefix + value);
    }

    @Override
    public <T> T decode(Payload payload, Class<T> type) {
      if (!payload.text().startsWith(prefix)) {
        throw new PayloadException("not of version " + prefix);
      }
      return type.cast(payload.text().substring(prefix.length()));
    }
  }

  private Extensions ofVersion(String version) {
    return engine.extensions().withCodec(new Version(version));
  }

  @Test
  final void aRequestOfAnotherVersionIsLeftToIt() {
    TaskType<String, String> any = type("any", Policy.DEFAULTS);
    AtomicInteger here = new AtomicInteger();
    Handoff fresh =
        engine.startByHand(
            DEFAULTS,
            List.of(any.handledBy((request, ignored) -> Outcome.done("new " + request))),
            ofVersion("2:"));
    Handoff old =
        engine.startByHand(
            DEFAULTS,
            List.of(
                any.handledBy((request, context) -> {
                  here.incrementAndGet();
                  return Outcome.done("old");
                })),
            ofVersion("1:"));
    TaskId id = fresh.submit(any, "x", BY_ASHA);

    for (int i = 0; i < 6; i++) {
      old.runDue();
      assertThat(engine.task(id).state()).isInstanceOf(Queued.class);
      assertThat(engine.task(id).activity().attempt()).isZero();
      clock.advance(Duration.ofSeconds(20));
    }
    assertThat(engine.log(id)).as("it waits longer each time").hasSizeLessThan(14);
    clock.advance(MINUTE);
    fresh.runDue();

    assertThat(fresh.result(any, engine.task(id))).contains("new x");
    assertThat(here).hasValue(0);
  }

  @Test
  final void aRequestThatNobodyCanReadFailsWithASentence() {
    RetryPolicy anHour = RetryPolicy.DEFAULTS.givingUpAfter(Duration.ofHours(1));
    TaskType<String, String> any = type("any", Policy.DEFAULTS.withRetry(anHour));
    try (Handoff old =
        engine.startByHand(
            DEFAULTS,
            List.of(any.handledBy((request, context) -> Outcome.done("not here"))),
            ofVersion("1:"))) {
      old.submit(any, "x", BY_ASHA);
    }
    Handoff fresh =
        engine.startByHand(
            DEFAULTS,
            List.of(any.handledBy((request, context) -> Outcome.done("y"))),
            ofVersion("2:"));
    TaskId id = store.list(TaskQuery.EVERYTHING, Optional.empty(), 1).getFirst().id();

    for (int i = 0; i < 70; i++) {
      fresh.runDue();
      clock.advance(MINUTE);
    }

    assertThat(engine.task(id).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.UNREADABLE);
              assertThat(failed.failure().message()).contains("'any'", "another version");
            });
    assertThat(engine.log(id)).hasSizeLessThan(60);
  }

  @Test
  final void aStepOfAnotherVersionIsNeitherRepeatedNorTheAttemptsFault() {
    TaskType<String, String> any = type("any", Policy.DEFAULTS);
    AtomicInteger paid = new AtomicInteger();
    AtomicBoolean broken = new AtomicBoolean(true);
    PayloadCodec codec =
        new PayloadCodec() {
          @Override
          public Payload encode(Object value) {
            return new Payload(value.toString());
          }

          @Override
          public <T> T decode(Payload payload, Class<T> type) {
            if (payload.text().equals("paid") && broken.get()) {
              throw new PayloadException("of another version");
            }
            return type.cast(payload.text());
          }
        };
    Handoff handoff =
        engine.startByHand(
            DEFAULTS,
            List.of(
                any.handledBy((ignored, context) -> {
                  String value =
                      context.step(
                          "pay",
                          String.class,
                          () -> {
                            paid.incrementAndGet();
                            return "paid";
                          });
                  if (context.attempt() == 1 && paid.get() == 1 && paid.incrementAndGet() == 2) {
                    return Outcome.snooze(Duration.ofSeconds(1), "again");
                  }
                  return Outcome.done(value);
                })),
            engine.extensions().withCodec(codec));
    TaskId id = handoff.submit(any, "x", BY_ASHA);
    handoff.runDue();
    clock.advance(Duration.ofSeconds(1));
    handoff.runDue();
    assertThat(engine.task(id).state()).isInstanceOf(Queued.class);
    assertThat(engine.task(id).activity().attempt()).isZero();

    broken.set(false);
    clock.advance(MINUTE);
    handoff.runDue();

    assertThat(handoff.result(any, engine.task(id))).contains("paid");
    assertThat(paid).hasValue(2);
  }
}
