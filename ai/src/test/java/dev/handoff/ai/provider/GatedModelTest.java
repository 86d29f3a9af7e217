package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Gates;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.simulation.ModelDatabase;
import dev.handoff.testing.simulation.ModelTaskStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two nodes' models behind the gate of one provider.
final class GatedModelTest {
  private final TestClock clock = TestClock.atNine();
  private final ModelTaskStore store = ModelTaskStore.open(new ModelDatabase(), clock);
  private final Deque<Optional<AttemptException>> answers = new ArrayDeque<>();
  private final GatedModel here = node();
  private final GatedModel there = node();

  private GatedModel node() {
    return node(Duration.ZERO);
  }

  private GatedModel node(Duration patience) {
    AiModel provider =
        (request, onToken) -> {
          Optional<AttemptException> refusal = answers.remove();
          if (refusal.isPresent()) {
            throw refusal.get();
          }
          return AiReply.offline("fine");
        };
    return new GatedModel(provider, "openai", patience, store::gates, clock, new Random(7));
  }

  private static AttemptException limited() {
    return AttemptException.of(FailureKind.RATE_LIMITED, "The limit is reached.");
  }

  private static AiReply ask(AiModel model) throws InterruptedException {
    return model.ask(AiRequest.of("You help.", AiMessage.user("hello")));
  }

  private Optional<Gates.Closing> closing() {
    return store.gates().find("provider:openai").map(Gates.GateState::closing);
  }

  @AfterEach
  void close() {
    here.close();
    store.close();
  }

  @Test
  void oneRefusalClosesTheGateForAllNodes() throws Exception {
    answers.add(Optional.of(limited().retryAfter(Duration.ofSeconds(3))));
    assertThatThrownBy(() -> ask(here)).isInstanceOf(AttemptException.class);

    clock.advance(Duration.ofMillis(1_500));
    AttemptException waiting = catchThrowableOfType(AttemptException.class, () -> ask(there));

    assertThat(waiting.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(waiting.retryAfter()).contains(Duration.ofMillis(1_500));
    clock.advance(Duration.ofMillis(1_500));
    answers.add(Optional.empty());
    assertThat(ask(there).text()).isEqualTo("fine");
  }

  @Test
  void refusalsWithoutATimeWaitTwiceAsLongEachTime() throws Exception {
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      answers.add(Optional.of(limited()));
      assertThatThrownBy(() -> ask(here)).isInstanceOf(AttemptException.class);

      Duration wait = Duration.between(clock.instant(), closing().orElseThrow().until());
      assertThat(wait).isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1_250));
      clock.advance(wait);
    }
    answers.add(Optional.empty());
    ask(here);
    answers.add(Optional.of(limited()));
    assertThatThrownBy(() -> ask(here)).isInstanceOf(AttemptException.class);
    assertThat(closing().orElseThrow().until()).isBefore(clock.instant().plusMillis(1_251));
  }

  @Test
  void failuresThatSayNothingOfTheProvidersRateCloseNothing() throws Exception {
    answers.add(Optional.of(AttemptException.of(FailureKind.REFUSED, "no")));
    answers.add(Optional.of(AttemptException.of(FailureKind.UNAVAILABLE, "away")));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> ask(here)).isInstanceOf(AttemptException.class);
    }

    assertThat(closing()).isEmpty();
    answers.add(
        Optional.of(
            AttemptException.of(FailureKind.UNAVAILABLE, "back soon")
                .retryAfter(Duration.ofSeconds(5))));
    AttemptException busy = catchThrowableOfType(AttemptException.class, () -> ask(here));
    assertThat(busy.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(busy.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(closing().orElseThrow().until()).isEqualTo(clock.instant().plusSeconds(5));
  }

  @Test
  void aCallWaitsForAGateThatOpensWithinItsPatience() throws Exception {
    store.gates().close("provider:openai", clock.instant().plusSeconds(60), "busy");
    answers.add(Optional.empty());
    FutureTask<AiReply> reply = new FutureTask<>(() -> ask(node(Duration.ofSeconds(60))));
    Thread.ofVirtual().start(reply);
    assertThat(answers).hasSize(1);

    store.gates().open("provider:openai");

    assertThat(reply.get(20, TimeUnit.SECONDS).text()).isEqualTo("fine");
    store.gates().close("provider:openai", clock.instant().plusSeconds(61), "busy");
    assertThatThrownBy(() -> ask(node(Duration.ofSeconds(60))))
        .isInstanceOf(AttemptException.class);
  }

  @Test
  void callsThatWaitEndWithTheirModel() {
    store.gates().close("provider:openai", clock.instant().plusSeconds(60), "busy");
    GatedModel patient = node(Duration.ofSeconds(60));
    FutureTask<AiReply> reply = new FutureTask<>(() -> ask(patient));
    Thread.ofVirtual().start(reply);

    patient.close();

    assertThatThrownBy(() -> reply.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AttemptException.class);
  }

  @Test
  void anOperatorWhoOpensTheGateLetsCallsThrough() throws Exception {
    answers.add(Optional.of(limited().retryAfter(Duration.ofHours(1))));
    assertThatThrownBy(() -> ask(here)).isInstanceOf(AttemptException.class);

    assertThat(store.gates().open(GatedModel.nameOf("openai"))).isTrue();

    answers.add(Optional.empty());
    assertThat(ask(there).text()).isEqualTo("fine");
  }
}
