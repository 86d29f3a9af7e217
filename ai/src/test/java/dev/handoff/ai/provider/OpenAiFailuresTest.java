package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.TokenListener;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenAiFailuresTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
  private static final AiRequest REQUEST = AiRequest.of("", AiMessage.user("What is 2x=8?"));

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final AiSettings settings = AiSettings.openAi(server.baseUrl(), ScriptedModelServer.KEY);

  @AfterEach
  void close() {
    server.close();
  }

  static List<Arguments> failures() {
    return List.of(
        Arguments.of(ModelScript.rateLimited(), FailureKind.RATE_LIMITED),
        Arguments.of(ModelScript.quotaExceeded(), FailureKind.QUOTA_EXCEEDED),
        Arguments.of(ModelScript.status(402, ""), FailureKind.QUOTA_EXCEEDED),
        Arguments.of(ModelScript.unauthorized(), FailureKind.MISCONFIGURED),
        Arguments.of(ModelScript.status(403, "{}"), FailureKind.MISCONFIGURED),
        Arguments.of(ModelScript.status(404, "no such model"), FailureKind.MISCONFIGURED),
        Arguments.of(ModelScript.status(302, ""), FailureKind.MISCONFIGURED),
        Arguments.of(ModelScript.status(400, "{}"), FailureKind.INVALID_REQUEST),
        Arguments.of(ModelScript.status(413, ""), FailureKind.INVALID_REQUEST),
        Arguments.of(
            ModelScript.status(400, "{\"error\":{\"code\":\"content_filter\"}}"),
            FailureKind.REFUSED),
        Arguments.of(ModelScript.status(408, ""), FailureKind.TIMEOUT),
        Arguments.of(ModelScript.serverError(), FailureKind.UNAVAILABLE),
        Arguments.of(ModelScript.status(503, "busy"), FailureKind.UNAVAILABLE),
        Arguments.of(ModelScript.dropped("half an "), FailureKind.UNAVAILABLE),
        Arguments.of(ModelScript.brokenOff("server_error", "ha"), FailureKind.UNAVAILABLE),
        Arguments.of(ModelScript.refusal("I cannot."), FailureKind.REFUSED),
        Arguments.of(ModelScript.filtered(), FailureKind.REFUSED),
        Arguments.of(ModelScript.empty(), FailureKind.BAD_OUTPUT),
        Arguments.of(ModelScript.answer("  "), FailureKind.BAD_OUTPUT),
        Arguments.of(ModelScript.malformed(), FailureKind.BAD_OUTPUT),
        Arguments.of(new ModelScript.BodyScript("{}"), FailureKind.BAD_OUTPUT),
        Arguments.of(new ModelScript.BodyScript("<html>"), FailureKind.BAD_OUTPUT));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPlainCallSortsTheFailure(ModelScript script, FailureKind kind) {
    server.enqueue(script);

    assertThat(ask(TokenListener.NONE).kind()).isEqualTo(kind);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStreamingCallSortsTheFailureAlike(ModelScript script, FailureKind kind) {
    server.enqueue(script);

    assertThat(ask(_ -> {}).kind()).isEqualTo(kind);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theKeyIsNowhereInTheException(ModelScript script, FailureKind kind) {
    server.enqueue(script, script);

    for (TokenListener listener : List.<TokenListener>of(TokenListener.NONE, _ -> {})) {
      AttemptException failure = ask(listener);
      StringWriter printed = new StringWriter();
      failure.printStackTrace(new PrintWriter(printed));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(printed.toString()).doesNotContain(ScriptedModelServer.KEY);
      assertThat(failure.message()).doesNotContain("127.0.0.1").doesNotContain("dev.handoff");
    }
  }

  @Test
  void theMessagesOfRateLimitAndQuotaSayTheirWords() {
    server.enqueue(ModelScript.rateLimited(), ModelScript.quotaExceeded());

    assertThat(ask(TokenListener.NONE).message()).contains("rate limit");
    assertThat(ask(TokenListener.NONE).message()).contains("quota");
  }

  @Test
  void retryAfterIsKeptInBothFormsPlainAndStreaming() {
    ModelScript seconds = ModelScript.rateLimited("20");
    ModelScript date = ModelScript.rateLimited("Sun, 01 Mar 2026 10:01:30 GMT");
    server.enqueue(seconds, seconds, date, date);

    assertThat(ask(TokenListener.NONE).retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(ask(_ -> {}).retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(ask(TokenListener.NONE).retryAfter()).contains(Duration.ofSeconds(90));
    assertThat(ask(_ -> {}).retryAfter()).contains(Duration.ofSeconds(90));
  }

  @Test
  void retryAfterOfABusyServerIsKeptAndAbsentWhenNotSent() {
    server.enqueue(ModelScript.status(503, "7", "busy"), ModelScript.rateLimited());

    assertThat(ask(TokenListener.NONE).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(ask(TokenListener.NONE).retryAfter()).isEmpty();
  }

  @Test
  void quotaAndRateLimitInsideAStreamAreTold() {
    server.enqueue(
        ModelScript.brokenOff("insufficient_quota", "a"),
        ModelScript.brokenOff("rate_limit_exceeded", "b"));

    assertThat(ask(_ -> {}).kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
    assertThat(ask(_ -> {}).kind()).isEqualTo(FailureKind.RATE_LIMITED);
  }

  @Test
  void anAnswerThatSpeaksOfErrorsAndRefusalsIsStillAnAnswer() throws Exception {
    String text = "{\"error\":{\"refusal\":\"no\"}} insufficient_quota";
    server.enqueue(ModelScript.streamed(Gate.open(), text), ModelScript.answer(text));

    try (AiModel model = OpenAiModel.connect(settings, CLOCK)) {
      assertThat(model.ask(REQUEST, _ -> {}).text()).isEqualTo(text);
      assertThat(model.ask(REQUEST).text()).isEqualTo(text);
    }
  }

  @Test
  void aProviderThatHangsBeforeOrInsideItsAnswerTimesOut() {
    AiSettings hasty = settings.withTimeout(Duration.ofMillis(300));
    server.enqueue(
        ModelScript.silence(Gate.closed()),
        ModelScript.silence(Gate.closed()),
        ModelScript.hang(Gate.closed()),
        ModelScript.hang(Gate.closed()));

    for (int call = 0; call < 4; call++) {
      AttemptException failure = ask(hasty, call % 2 == 0 ? TokenListener.NONE : _ -> {});
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.message()).contains("Timeout").contains("0.3 s");
    }
  }

  @Test
  void aProviderThatDripsForEverTimesOutAsWell() {
    AiSettings hasty = settings.withTimeout(Duration.ofMillis(100));
    String[] drops = new String[10_000];
    java.util.Arrays.fill(drops, "drip ");
    server.enqueue(new ModelScript.AnswerScript(List.of(drops), Gate.every(Duration.ofMillis(10))));

    assertThat(ask(hasty, _ -> {}).kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void anAnswerThatGrowsMayTakeLongerThanTheTimeout() throws Exception {
    AiSettings hasty = settings.withTimeout(Duration.ofSeconds(1));
    String[] pieces = new String[15];
    java.util.Arrays.fill(pieces, "on ");
    server.enqueue(
        new ModelScript.AnswerScript(List.of(pieces), Gate.every(Duration.ofMillis(100))));

    try (AiModel model = OpenAiModel.connect(hasty, CLOCK)) {
      assertThat(model.ask(REQUEST, _ -> {}).text()).isEqualTo("on ".repeat(15));
    }
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    String tooMuch = "x".repeat(9 * 1024 * 1024);
    server.enqueue(ModelScript.answer(tooMuch), ModelScript.answer(tooMuch));

    assertThat(ask(TokenListener.NONE).kind()).isEqualTo(FailureKind.BAD_OUTPUT);
    assertThat(ask(_ -> {}).kind()).isEqualTo(FailureKind.BAD_OUTPUT);
  }

  @Test
  void nobodyListeningIsUnavailable() {
    server.close();

    assertThat(ask(TokenListener.NONE).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(ask(_ -> {}).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void openAiWithoutAKeyIsMisconfiguredBeforeAnythingIsSent() {
    AttemptException failure =
        ask(AiSettings.openAi(AiSettings.OPENAI_BASE_URL, ""), TokenListener.NONE);

    assertThat(failure.kind()).isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(failure.message()).contains("API key is not configured");
  }

  private AttemptException ask(TokenListener listener) {
    return ask(settings, listener);
  }

  private static AttemptException ask(AiSettings settings, TokenListener listener) {
    try (AiModel model = OpenAiModel.connect(settings, CLOCK)) {
      Throwable thrown = catchThrowable(() -> model.ask(REQUEST, listener));
      assertThat(thrown).isInstanceOf(AttemptException.class);
      return (AttemptException) thrown;
    }
  }
}
