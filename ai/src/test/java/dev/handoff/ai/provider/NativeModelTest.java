package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiUsage;
import dev.handoff.ai.AnswerForm;
import dev.handoff.ai.TokenListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The providers' own APIs, each against a server that speaks its wire.
final class NativeModelTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
  private static final String KEY = "native-key-7d21";

  private final NativeServer server = new NativeServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerInOnePieceIsRead(ProviderWire wire) throws Exception {
    server.answer(200, wire.json(), wire.whole("x = 4", wire.end()));

    try (NativeModel model = model(wire)) {
      assertThat(model.ask(request()))
          .isEqualTo(AiReply.fromModel("x = 4", wire.told(), new AiUsage(11, 5)));
    }

    NativeServer.NativeRequest asked = server.asked().getFirst();
    assertThat(asked.path()).isEqualTo(wire.path(false));
    assertThat(asked.body().toString()).contains("What is 2x=8?", "You are a tutor.");
    assertThat(asked.headers().toString()).contains(wire.sendsKey());
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsStreamedAndItsUsageCounted(ProviderWire wire) throws Exception {
    server.answer(200, wire.events(), wire.stream(wire.end(), "2x = 8, ", "so x = 4"));
    List<String> heard = new ArrayList<>();

    try (NativeModel model = model(wire)) {
      AiReply reply = model.ask(request(), heard::add);

      assertThat(reply.text()).isEqualTo("2x = 8, so x = 4");
      assertThat(reply.usage()).isEqualTo(new AiUsage(11, 5));
      assertThat(reply.isCut()).isFalse();
    }
    assertThat(heard).containsExactly("2x = 8, ", "so x = 4");
    assertThat(server.asked().getFirst().path()).isEqualTo(wire.path(true));
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerCutAtTheLimitSaysSo(ProviderWire wire) throws Exception {
    server
        .answer(200, wire.json(), wire.whole("Half", wire.cut()))
        .answer(200, wire.events(), wire.stream(wire.cut(), "Half"));

    try (NativeModel model = model(wire)) {
      assertThat(model.ask(request()).isCut()).isTrue();
      assertThat(model.ask(request(), ignored -> {}).isCut()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aByteOrderMarkCostsNoWord(ProviderWire wire) throws Exception {
    server
        .answer(200, wire.json(), "\uFEFF" + wire.whole("Four.", wire.end()))
        .answer(200, wire.events(), "\uFEFF" + wire.stream(wire.end(), "Four."));

    try (NativeModel model = model(wire)) {
      assertThat(model.ask(request()).text()).isEqualTo("Four.");
      assertThat(model.ask(request(), ignored -> {}).text()).isEqualTo("Four.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorInOnePieceForAStreamIsSortedAsAnyOther(ProviderWire wire) {
    String limit = "{\"error\":{\"code\":429,\"message\":\"Please try again in 9s\"}}";
    server.answer(200, wire.json(), limit).answer(200, wire.json(), "[" + limit + "]");

    for (int call = 0; call < 2; call++) {
      assertThat(failure(wire, ignored -> {}))
          .returns(FailureKind.RATE_LIMITED, AttemptException::kind)
          .satisfies(told -> assertThat(told.retryAfter()).contains(Duration.ofSeconds(9)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamWithoutItsEndIsNoAnswer(ProviderWire wire) {
    server.answer(200, wire.events(), wire.half("Half "));

    assertThat(failure(wire, ignored -> {}).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorInTheMiddleIsAnError(ProviderWire wire) {
    server.answer(200, wire.events(), wire.half("Half "), wire.error());

    assertThat(failure(wire, ignored -> {}).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void failuresAreSortedAndTheWaitIsKept(ProviderWire wire) {
    for (TokenListener listener : List.<TokenListener>of(TokenListener.NONE, ignored -> {})) {
      server
          .answer(429, Map.of("Retry-After", "20"), "{\"error\":{\"message\":\"slow down\"}}")
          .answer(429, Map.of(), "{\"error\":{\"details\":[{\"retryDelay\":\"23s\"}]}}")
          .answer(401, Map.of(), "{\"error\":{\"message\":\"wrong key " + KEY + "\"}}")
          .answer(404, Map.of(), "{\"error\":\"model 'm' not found, try pulling it first\"}")
          .answer(529, Map.of(), "{\"error\":{\"type\":\"overloaded_error\"}}")
          .answer(400, Map.of(), "{\"error\":{\"message\":\"prompt is too long\"}}");

      assertThat(failure(wire, listener))
          .returns(FailureKind.RATE_LIMITED, AttemptException::kind)
          .satisfies(told -> assertThat(told.retryAfter()).contains(Duration.ofSeconds(20)));
      assertThat(failure(wire, listener).retryAfter()).contains(Duration.ofSeconds(23));
      assertThat(failure(wire, listener))
          .returns(FailureKind.MISCONFIGURED, AttemptException::kind)
          .satisfies(told -> assertThat(String.valueOf(told.getCause())).doesNotContain(KEY));
      assertThat(failure(wire, listener).kind()).isEqualTo(FailureKind.MISCONFIGURED);
      assertThat(failure(wire, listener).kind()).isEqualTo(FailureKind.RATE_LIMITED);
      assertThat(failure(wire, listener).kind()).isEqualTo(FailureKind.INVALID_REQUEST);
    }
    assertThat(server.asked()).hasSize(12);
  }

  @ParameterizedTest
  @EnumSource
  void aFilteredAnswerIsARefusal(ProviderWire wire) {
    if (wire == ProviderWire.OLLAMA) {
      return; // It has no filter.
    }
    server
        .answer(200, wire.json(), wire.whole("", wire.filtered()))
        .answer(200, wire.events(), wire.stream(wire.filtered(), "Half"));

    assertThat(failure(wire, TokenListener.NONE).kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure(wire, ignored -> {}).kind()).isEqualTo(FailureKind.REFUSED);
  }

  @ParameterizedTest
  @EnumSource
  void aCancelClosesTheConnection(ProviderWire wire) throws Exception {
    server.hangAfter(wire.events(), wire.half("one "));
    List<String> heard = new CopyOnWriteArrayList<>();
    try (NativeModel model = model(wire)) {
      FutureTask<AiReply> asking = new FutureTask<>(() -> model.ask(request(), heard::add));
      Thread asker = Thread.ofVirtual().start(asking);
      await().until(() -> heard.size() == 1);

      asker.interrupt();

      assertThatThrownBy(asking::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      await().until(() -> server.disconnects() == 1);
    }
    assertThat(heard).containsExactly("one ");
  }

  @ParameterizedTest
  @EnumSource
  void thoughtsAreLeftOutAndTheListenersFailureIsHeard(ProviderWire wire) throws Exception {
    server
        .answer(200, wire.events(), wire.stream(wire.end(), "<thi", "nk>hm</think>", "Two."))
        .answer(200, wire.events(), wire.stream(wire.end(), "one ", "two"));

    try (NativeModel model = model(wire)) {
      assertThat(model.ask(request(), ignored -> {}).text()).isEqualTo("Two.");
      assertThatThrownBy(() ->
              model.ask(
                  request(),
                  ignored -> {
                    throw new IllegalStateException("disk full");
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("disk full");
    }
  }

  @ParameterizedTest
  @EnumSource
  void picturesJsonAndBoundsAreSentAsTheWireHasThem(ProviderWire wire) throws Exception {
    server.answer(200, wire.json(), wire.whole("{\"a\":1}", wire.end()));
    AiImage image = new AiImage(new byte[] {1, 2, 3}, "image/png");

    try (NativeModel model = model(wire)) {
      model.ask(
          AiRequest.of("", AiMessage.user("What is this?", image))
              .withForm(AnswerForm.JSON)
              .withTemperature(0.5)
              .withMaxTokens(77));
    }

    assertThat(server.asked().getFirst().body().toString())
        .contains("AQID", "JSON", "0.5", "77")
        .contains(wire.jsonMode());
  }

  private NativeModel model(ProviderWire wire) {
    return NativeModel.connect(
        new AiSettings(
            wire.provider(),
            server.address() + wire.base(),
            KEY,
            wire.told(),
            Duration.ofSeconds(20)),
        CLOCK);
  }

  private static AiRequest request() {
    return AiRequest.of("You are a tutor.", AiMessage.user("What is 2x=8?"));
  }

  private AttemptException failure(ProviderWire wire, TokenListener listener) {
    try (NativeModel model = model(wire)) {
      return Objects.requireNonNull(
          catchThrowableOfType(AttemptException.class, () -> model.ask(request(), listener)));
    }
  }
}
