package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.handoff.AttemptException;
import dev.handoff.Effect;
import dev.handoff.Extensions;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.HandoffException;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Task;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// An attempt ends and its slot is free again, whatever a handler, a policy, an effect, a codec or
/// a listener does: extend it with a store to run it there.
public abstract class EngineEndingContract {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestClock clock = TestClock.atNine();
  private TaskStore store;
  private FailingStore faulty;
  private EngineFixture engine;

  /// A fresh, empty store that tells this time.
  protected abstract TaskStore open(TimeSource clock) throws Exception;

  /// Returns an effect of the store's kind that runs this.
  protected abstract Effect effect(Runnable body);

  @BeforeEach
  final void openStore() throws Exception {
    store = open(clock);
    faulty = new FailingStore(store);
    engine = new EngineFixture(faulty.store());
  }

  @AfterEach
  final void closeStore() {
    engine.close();
    store.close();
  }

  /// An exception whose `getMessage` and `toString` throw.
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("thrown by a test's getMessage");
    }

    @Override
    public String toString() {
      throw new LinkageError("thrown by a test's toString");
    }
  }

  @SuppressWarnings("InfiniteRecursion") // wanted
  private static int deeper(int depth) {
    return deeper(depth + 1) + 1;
  }

  @SuppressWarnings("NullAway") // handlers do so
  private static Outcome<String> nothing() {
    return null;
  }

  @SuppressWarnings("NullAway")
  private static AttemptException ofNoKind() {
    return AttemptException.of(null, "why").retryAfter(Duration.ofSeconds(5));
  }

  @SuppressWarnings("NullAway")
  private static Outcome<String> withoutResult() {
    return Outcome.done((String) null);
  }

  private static AttemptException after(Duration wait) {
    return AttemptException.of(FailureKind.RATE_LIMITED, "slow down").retryAfter(wait);
  }

  static Stream<Arguments> handlers() {
    Duration most = Duration.ofSeconds(Long.MAX_VALUE);
    Duration least = Duration.ofSeconds(Long.MIN_VALUE);
    return Stream.of(
        argumentSet(
            "an error",
            handler(() -> {
              throw new LinkageError("thrown by a test");
            })),
        argumentSet(
            "an error without memory",
            handler(() -> {
              throw new OutOfMemoryError("thrown by a test");
            })),
        argumentSet("a stack overflow", handler(() -> Outcome.done("" + deeper(0)))),
        argumentSet(
            "an exception without texts",
            handler(() -> {
              throw new Unspeakable();
            })),
        argumentSet("null", handler(EngineEndingContract::nothing)),
        argumentSet("a result that is null", handler(EngineEndingContract::withoutResult)),
        argumentSet(
            "a failure of no kind",
            handler(() -> {
              throw ofNoKind();
            })),
        argumentSet(
            "a wait for ever",
            handler(() -> {
              throw after(FOREVER);
            })),
        argumentSet(
            "the longest wait",
            handler(() -> {
              throw after(most);
            })),
        argumentSet(
            "a wait before all time",
            handler(() -> {
              throw after(least);
            })),
        argumentSet("a snooze for ever", handler(() -> Outcome.snooze(FOREVER, "zzz"))),
        argumentSet("a snooze back in time", handler(() -> Outcome.snooze(least, "zzz"))),
        argumentSet(
            "a retry after all time",
            handler(() -> Outcome.retryAfter(most, FailureKind.UNAVAILABLE, "later"))),
        argumentSet(
            "a retry before all time",
            handler(() -> Outcome.retryAfter(least, FailureKind.UNAVAILABLE, "earlier"))),
        argumentSet("half a character", handler(() -> Outcome.done("a\ud800"))),
        argumentSet("half a character to read", handler(() -> Outcome.cancel("a\udc00b"))));
  }

  private interface HandlerBody {
    Outcome<String> run() throws Exception;
  }

  private static Handler<String, String> handler(HandlerBody body) {
    return (request, ignored) -> request.equals("next") ? Outcome.done("next") : body.run();
  }

  @ParameterizedTest
  @MethodSource("handlers")
  final void whateverAHandlerDoesItsAttemptEnds(Handler<String, String> handler) {
    endsAndRunsOn(type("any", Policy.DEFAULTS), handler, engine.extensions());
  }

  static Stream<Arguments> policies() {
    RetryPolicy retry = RetryPolicy.exponential(Duration.ofSeconds(1));
    return Stream.of(
        argumentSet("never given up", Policy.DEFAULTS.withRetry(retry.givingUpAfter(FOREVER))),
        argumentSet(
            "given up after the longest time",
            Policy.DEFAULTS.withRetry(
                retry.givingUpAfter(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))),
        argumentSet(
            "without an end", Policy.DEFAULTS.withLimits(Limits.hard(FOREVER).withSoft(MINUTE))),
        argumentSet(
            "soft without an end",
            Policy.DEFAULTS.withLimits(
                Limits.hard(FOREVER).withSoft(Duration.ofSeconds(Long.MAX_VALUE - 1)))),
        argumentSet(
            "waiting for ever", Policy.DEFAULTS.withRetry(RetryPolicy.every(FOREVER).upTo(3))),
        argumentSet(
            "listed for ever",
            Policy.DEFAULTS.withRetry(RetryPolicy.schedule(FOREVER, FOREVER, FOREVER))),
        argumentSet("kept for ever", Policy.DEFAULTS.withRetention(FOREVER)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  final void whateverAPolicySaysItsAttemptEnds(Policy policy) {
    Handler<String, String> fails =
        (request, context) ->
            context.beforeSoftLimit(() -> {
              var ignored = context.softDeadline();
              if (request.equals("next")) {
                return Outcome.done("next");
              }
              throw AttemptException.of(FailureKind.UNAVAILABLE, "not there");
            });
    endsAndRunsOn(type("any", policy), fails, engine.extensions());
  }

  @Test
  final void anEffectThatThrowsAnErrorIsAFailedAttempt() {
    Effect broken =
        effect(() -> {
          throw new LinkageError("thrown by a test's effect");
        });
    Task ended =
        endsAndRunsOn(
            type("any", Policy.DEFAULTS),
            handler(() -> Outcome.done("stored with it", broken)),
            engine.extensions());

    assertThat(ended.activity().attempt()).isEqualTo(1);
  }

  /// A codec of strings that cannot write one value and cannot read another.
  private record BrokenCodec(String unwritable) implements PayloadCodec {
    @Override
    public Payload encode(Object value) {
      if (value.equals(unwritable)) {
        throw new StackOverflowError("thrown by a test's codec");
      }
      return PayloadCodec.strings().encode(value);
    }

    @Override
    public <T> T decode(Payload payload, Class<T> type) {
      if (payload.text().equals(unwritable)) {
        throw new NoClassDefFoundError("thrown by a test's codec");
      }
      return PayloadCodec.strings().decode(payload, type);
    }
  }

  @Test
  final void aCodecThatThrowsAnErrorIsAFailedAttempt() {
    endsAndRunsOn(
        type("any", Policy.DEFAULTS),
        handler(() -> Outcome.done("unwritable")),
        engine.extensions().withCodec(new BrokenCodec("unwritable")));
  }

  @Test
  final void aListenerThatThrowsIsNobodysTrouble() {
    Extensions throwing =
        engine
            .extensions()
            .telling(ignored -> {
              throw new LinkageError("thrown by a test's listener");
            });
    endsAndRunsOn(type("any", Policy.DEFAULTS), handler(() -> Outcome.done("told")), throwing);
  }

  /// Runs a task, and then another one: both attempts end and free their slot.
  private Task endsAndRunsOn(
      TaskType<String, String> type, Handler<String, String> handler, Extensions extensions) {
    Handoff handoff =
        engine.startByHand(
            HandoffConfig.defaults().withConcurrency(1),
            List.of(type.handledBy(handler)),
            extensions);
    TaskId id = handoff.submit(type, "first", BY_ASHA);

    handoff.runDue();
    Task ended = engine.task(id);
    TaskId next = handoff.submit(type, "next", BY_ASHA);
    handoff.runDue();

    assertThat(ended.state()).isNotInstanceOf(Processing.class);
    engine.log(id);
    assertThat(handoff.status().attempts()).isZero();
    assertThat(engine.task(next).state()).isInstanceOf(Completed.class);
    return ended;
  }

  @Test
  final void aVerdictThatCannotBeComputedStopsNoClock() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Policy odd =
        Policy.DEFAULTS
            .withLimits(Limits.hard(MINUTE))
            .withRetry(RetryPolicy.every(FOREVER).givingUpAfter(FOREVER));
    TaskType<String, String> any = type("any", odd);
    AtomicInteger begun = new AtomicInteger();
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            any,
            (request, context) -> {
              begun.incrementAndGet();
              never.await();
              return Outcome.done("never");
            });

    for (int round = 1; round <= 2; round++) {
      int attempts = round;
      TaskId id = handoff.submit(any, "x", BY_ASHA);
      await().atMost(EngineFixture.PATIENCE).until(() -> begun.get() == attempts);
      clock.advance(MINUTE);
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> !(engine.task(id).state() instanceof Processing));
    }

    assertThat(handoff.status().running()).isTrue();
    await().atMost(EngineFixture.PATIENCE).until(() -> handoff.status().attempts() == 0);
  }

  @Test
  final void anErrorInTheDispatcherDoesNotEndIt() {
    TaskType<String, String> any = type("any", Policy.DEFAULTS);
    AtomicInteger thrown = new AtomicInteger();
    Extensions throwing =
        engine
            .extensions()
            .telling(ignored -> {
              thrown.incrementAndGet();
              throw new LinkageError("thrown by a test's listener");
            });
    faulty.next("claim", 1, new OutOfMemoryError("thrown by a test's store"));
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            any.handledBy((request, context) -> Outcome.done("done")),
            throwing);
    await().atMost(EngineFixture.PATIENCE).until(() -> faulty.calls("claim") > 0);
    clock.advance(Duration.ofSeconds(2));

    TaskId id = handoff.submit(any, "x", BY_ASHA);
    await()
        .atMost(EngineFixture.PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(1));
          return engine.task(id).isTerminal();
        });

    assertThat(thrown).hasPositiveValue();
  }

  @Test
  final void anErrorInTheHeartbeatDoesNotEndIt() {
    TaskType<String, String> any = type("any", Policy.DEFAULTS);
    engine.start(HandoffConfig.defaults(), any, (request, context) -> Outcome.done("done"));
    faulty.next("renew", 2, new NoClassDefFoundError("thrown by a test's store"));
    int before = faulty.calls("renew");

    await()
        .atMost(EngineFixture.PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(1));
          return faulty.calls("renew") > before + 4;
        });
  }

  @Test
  final void whatTheStoreRefusesForAWhileIsKept() {
    TaskType<String, String> talks = type("talks", Policy.DEFAULTS);
    AtomicInteger calls = new AtomicInteger();
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            talks,
            (ignored, context) -> {
              calls.incrementAndGet();
              for (int i = 0; i < 600; i++) {
                context.emit("chunk " + i);
              }
              return Outcome.done("kept");
            });
    AtomicInteger refusals = new AtomicInteger(6);
    faulty.on(
        "append",
        ignored ->
            refusals.getAndDecrement() > 0
                ? Optional.of(new HandoffException("a statement was refused by a test"))
                : Optional.empty());
    Instant began = clock.instant();
    TaskId id = handoff.submit(talks, "x", BY_ASHA);

    await()
        .atMost(EngineFixture.PATIENCE)
        .until(() -> {
          if (clock.instant().isBefore(began.plus(Duration.ofMinutes(9)))) {
            clock.advance(Duration.ofMillis(500));
          }
          return engine.task(id).isTerminal();
        });

    assertThat(handoff.result(talks, engine.task(id))).contains("kept");
    assertThat(calls).hasValue(1);
    assertThat(engine.log(id))
        .filteredOn(ChunkEmitted.class::isInstance)
        .containsExactlyElementsOf(
            IntStream.range(0, 600).mapToObj(i -> new ChunkEmitted("chunk " + i)).toList());
  }

  @Test
  final void theHardLimitHoldsHoweverMuchIsEmitted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch emitted = new CountDownLatch(1);
    TaskType<String, String> talkative =
        type(
            "talkative",
            Policy.DEFAULTS
                .withLimits(Limits.hard(Duration.ofSeconds(60)).withSilence(Duration.ofSeconds(45)))
                .withRetry(RetryPolicy.DEFAULTS.on(Set.of())));
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            talkative,
            (ignored, context) -> {
              begun.countDown();
              late.await();
              context.emit("more");
              emitted.countDown();
              new CountDownLatch(1).await();
              return Outcome.done("never");
            });
    TaskId id = handoff.submit(talkative, "x", BY_ASHA);
    begun.await();

    clock.advance(Duration.ofSeconds(40));
    late.countDown();
    emitted.await();
    clock.advance(Duration.ofSeconds(20));

    assertThat(engine.awaitEnd(id).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().message()).contains("limit of 60 seconds"));
  }

  @Test
  final void anEndingThatTheStoreNeverTakesBecomesAPlainFailure() {
    TaskType<String, String> heavy =
        type(
            "heavy",
            Policy.DEFAULTS
                .withLimits(Limits.hard(Duration.ofSeconds(10)))
                .withRetry(RetryPolicy.DEFAULTS.upTo(1)));
    Handoff handoff =
        engine.start(HandoffConfig.defaults(), heavy, (request, context) -> Outcome.done("poison"));
    faulty.on(
        "append",
        arguments ->
            arguments.get(1).toString().contains("TaskCompleted")
                ? Optional.of(new HandoffException("a statement was refused by a test"))
                : Optional.empty());
    TaskId id = handoff.submit(heavy, "x", BY_ASHA);

    await()
        .atMost(EngineFixture.PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(1));
          return engine.task(id).isTerminal();
        });

    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
    await().atMost(EngineFixture.PATIENCE).until(() -> handoff.status().attempts() == 0);
  }
}
