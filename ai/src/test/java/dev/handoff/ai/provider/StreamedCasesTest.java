package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.TokenListener;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What OpenAI-compatible servers stream, byte for byte.
final class StreamedCasesTest {
  private static final String SLOPE =
      "The slope is two, because y grows by two when x grows by one.";
  private static final String HALF = "Subtract three from both sides of the";

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final AiModel model =
      OpenAiModel.connect(AiSettings.openAi(server.baseUrl(), ScriptedModelServer.KEY));
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void close() {
    model.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok_comments",
        "ok_crlf",
        "ok_empty_reason",
        "ok_filters",
        "ok_no_done",
        "ok_no_space",
        "ok_other_reason",
        "ok_reasoning_field",
        "byte_order_mark",
        "parts",
        "think",
        "think_cut_tags"
      })
  void wholeAnswersArriveWholeAndWithoutThoughts(String name) throws Exception {
    server.enqueue(ModelScript.stream(file(name)));

    AiReply reply = ask();

    assertThat(reply.text()).isEqualTo(SLOPE);
    assertThat(String.join("", heard)).isEqualTo(SLOPE);
    assertThat(reply.isCut()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emptyfinish_cut",
        "nullstring_cut",
        "plain_cut",
        "llamacpp_error",
        "error_string",
        "error_without_choices",
        "error_event"
      })
  void brokenAnswersFail(String name) throws Exception {
    server.enqueue(ModelScript.stream(file(name)));

    failure();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "NULL",
        "None",
        "undefined",
        "error",
        "ERROR",
        "network_error",
        "abort",
        "cancelled",
        "finish_reason_unspecified",
        "insufficient_system_resource",
        "MALFORMED_FUNCTION_CALL"
      })
  void aReasonThatMeansNothingOrAnErrorIsNoEndPlainOrStreamed(String reason) {
    server.enqueue(ModelScript.ended(reason, "Half ", "a word"));
    assertThat(failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);

    server.enqueue(ModelScript.ended(reason, "Half a word"));
    assertThat(catchThrowableOfType(AttemptException.class, () -> model.ask(request())).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "STOP", "end_turn", "eos", "tool_calls", "complete", "whatever"})
  void anyOtherReasonIsAnEnd(String reason) throws Exception {
    server.enqueue(ModelScript.ended(reason, "Four."), ModelScript.ended(reason, "Four."));

    assertThat(ask().isCut()).isFalse();
    assertThat(model.ask(request()).text()).isEqualTo("Four.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "LENGTH", "max_tokens", "MAX_TOKENS", "model_length"})
  void anAnswerCutAtTheLimitSaysSo(String reason) throws Exception {
    server.enqueue(ModelScript.ended(reason, "Half "), ModelScript.ended(reason, "Half"));

    assertThat(ask().isCut()).isTrue();
    assertThat(model.ask(request()).isCut()).isTrue();

    server.enqueue(ModelScript.stream(file("length")));
    assertThat(ask()).returns(true, AiReply::isCut).returns(HALF, AiReply::text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: {\"error\":{\"code\":429,\"message\":\"slow down\"}}|RATE_LIMITED",
        "data: {\"error\":{\"code\":\"429\",\"message\":\"slow down\"}}|RATE_LIMITED",
        "data: {\"error\":\"Rate limit exceeded\"}|RATE_LIMITED",
        "data: {\"error\":{\"type\":\"insufficient_quota\",\"message\":\"x\"}}|QUOTA_EXCEEDED",
        "data: {\"object\":\"error\",\"message\":\"out of memory\",\"code\":40303}|UNAVAILABLE",
        "data: {\"detail\":\"Internal error\"}|UNAVAILABLE",
        "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}|UNAVAILABLE",
        "data: {\"success\":false,\"errors\":[{\"message\":\"capacity\"}]}|UNAVAILABLE",
        "data: [{\"error\":{\"code\":503,\"message\":\"overloaded\"}}]|UNAVAILABLE",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"code\":502}}]}|UNAVAILABLE",
        "data: Internal Server Error|UNAVAILABLE",
        "data: [ERROR] upstream closed|UNAVAILABLE",
        "error: {\"code\":500,\"message\":\"slot unavailable\"}|UNAVAILABLE",
        "error: out of memory|UNAVAILABLE",
        "{\"error\":{\"message\":\"CUDA error\"}}|UNAVAILABLE",
        "event: error|UNAVAILABLE",
      })
  void errorsInTheMiddleAreErrorsHoweverTheyAreTold(String line, FailureKind kind) {
    String start = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half \"}}]}\n\n";
    server.enqueue(ModelScript.stream(start, line + "\n\n", STOP, "data: [DONE]\n\n"));

    assertThat(failure().kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ": keep-alive",
        "event: ping\ndata: {\"type\": \"ping\"}",
        "data:",
        "data: ping",
        "id: 7\nretry: 1000",
        "data: {}",
        "data: {\"choices\":[],\"error\":null}",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
        "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"another answer\"}}]}"
      })
  void whatMeansNothingIsPassedOver(String lines) throws Exception {
    server.enqueue(
        ModelScript.stream(
            lines + "\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Fo\"}}]}\n\n",
            lines + "\n\n",
            "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"ur.\"},\"finish_reason\":\"stop\"}]}"));

    assertThat(ask().text()).isEqualTo("Four.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<think>\\nRise over run.\\n</think>\\n\\nTwo.|Two.",
        "\\n<thinking>Hm.</thinking>Two.|Two.",
        "<THINK>Hm.</THINK> Two.|Two.",
        "<thought>Hm.</thought>\\nTwo.|Two.",
        "[THINK]Hm.[/THINK]Two.|Two.",
        "<think></think>\\n<think>Hm.</think>Two.|Two.",
        "<think>Is `<think>` a tag?</think>Two.|Two.",
        "Write `<think>` and `</think>`, it is a tag.|Write `<think>` and `</think>`, it is a tag.",
        "<think>Hm.</think>The tag <think> opens it.|The tag <think> opens it.",
        "`<think>` opens it.|`<think>` opens it.",
        "<think> and </think> are tags.|<think> and </think> are tags.",
        "<think> is a tag of some models.|<think> is a tag of some models.",
        "<thin is no tag.|<thin is no tag.",
        "x < y|x < y",
        "<|<"
      })
  void thoughtsBeforeTheAnswerAreLeftOutHoweverTheyAreCut(String sent, String shown)
      throws Exception {
    String text = sent.replace("\\n", "\n");
    for (int size : new int[] {1, 2, 3, 5, 7, 1000}) {
      heard.clear();
      server.enqueue(ModelScript.ended("stop", text.split("(?s)(?<=\\G.{" + size + "})")));
      assertThat(ask().text()).isEqualTo(shown);
      assertThat(String.join("", heard)).isEqualTo(shown);
    }
    server.enqueue(ModelScript.answer(text));
    assertThat(model.ask(request()).text()).isEqualTo(shown);
  }

  @Test
  void thoughtsThatReachTheLimitAreNoAnswer() {
    server.enqueue(ModelScript.ended("length", "<think>", "Rise over "));

    assertThat(failure())
        .returns(FailureKind.BAD_OUTPUT, AttemptException::kind)
        .hasMessageContaining("limit");
    assertThat(heard).isEmpty();
  }

  @Test
  void halvesOfACharacterArePutTogetherAlsoAfterAPause() throws Exception {
    server.enqueue(ModelScript.stream(file("emoji_in_two_chunks")));
    assertThat(ask().text()).isEqualTo("Well done 🎉 indeed.");
    assertThat(heard).containsExactly("Well ", "done ", "🎉", " indeed.");

    Gate gate = Gate.closed();
    server.enqueue(
        new ModelScript.RawScript(
            200,
            "text/event-stream",
            List.of(content("Hi \\ud83d"), content("\\ude00!") + STOP),
            gate));
    List<String> pieces = new CopyOnWriteArrayList<>();
    FutureTask<AiReply> asking = new FutureTask<>(() -> model.ask(request(), pieces::add));
    Thread.ofVirtual().start(asking);
    gate.pass();
    await().until(() -> pieces.size() == 1);
    gate.pass();

    assertThat(asking.get().text()).isEqualTo("Hi 😀!");
    assertThat(pieces).containsExactly("Hi ", "😀!");
  }

  @Test
  void halvesThatStayAloneAreReplacedInEventsAndResultAlike() throws Exception {
    server.enqueue(
        ModelScript.stream(content("a\\ud83d"), content("b\\ude00c"), content("\\ud83d"), STOP));

    assertThat(ask().text()).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    assertThat(String.join("", heard)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
  }

  @Test
  @Timeout(20)
  void aServerThatDoesNotHangUpAfterTheEndHoldsNobodyUp() throws Exception {
    Gate gate = Gate.closed();
    gate.pass();
    server.enqueue(
        new ModelScript.RawScript(
            200,
            "text/event-stream",
            List.of(content("Four.") + STOP + "data: [DONE]\n\n", ": never sent"),
            gate));

    assertThat(ask().text()).isEqualTo("Four.");
  }

  private static final String STOP =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  private static String content(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  private AiReply ask() throws InterruptedException {
    heard.clear();
    return model.ask(request(), heard::add);
  }

  private AttemptException failure() {
    TokenListener listener = heard::add;
    return Objects.requireNonNull(
        catchThrowableOfType(AttemptException.class, () -> model.ask(request(), listener)));
  }

  private static AiRequest request() {
    return AiRequest.of("", AiMessage.user("What is the slope?"));
  }

  private static String file(String name) throws IOException {
    try (InputStream in =
        StreamedCasesTest.class.getResourceAsStream("/cases/streams/" + name + ".sse")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
