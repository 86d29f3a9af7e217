package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiUsage;
import dev.handoff.ai.AnswerForm;
import dev.handoff.ai.TokenListener;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What OpenAI-compatible servers answer in one piece: to what was asked so, and to what was not.
final class AnsweredCasesTest {
  private static final String SLOPE =
      "The slope is two, because y grows by two when x grows by one.";

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final AiModel model =
      OpenAiModel.connect(AiSettings.openAi(server.baseUrl(), ScriptedModelServer.KEY));

  @AfterEach
  void close() {
    model.close();
    server.close();
  }

  @Test
  void anAnswerThatEndedByAnErrorIsNoAnswer() throws Exception {
    server.enqueue(sample("whole_error"));
    assertThat(failure(plain(), TokenListener.NONE).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void partsAreJoinedWithoutThoseThatThink() throws Exception {
    server.enqueue(
        sample("parts_whole"),
        whole("[\"a \", {\"type\": \"output_text\", \"text\": \"b\"}, {\"text\": \" c\"}]"),
        whole("{\"type\": \"text\", \"text\": \"d\"}"),
        whole(
            "[{\"type\": \"text\", \"text\": \"<think>hm</think>\"}, {\"type\":\"text\",\"text\":\"e\"}]"),
        whole(
            "[{\"type\": \"reasoning\", \"text\": \"hm\"}, {\"text\": \"x\", \"thought\": true}, \"f\"]"));

    assertThat(model.ask(plain()).text()).isEqualTo(SLOPE);
    assertThat(model.ask(plain()).text()).isEqualTo("a b c");
    assertThat(model.ask(plain()).text()).isEqualTo("d");
    assertThat(model.ask(plain()).text()).isEqualTo("e");
    assertThat(model.ask(plain()).text()).isEqualTo("f");
  }

  @Test
  void jsonForAStreamIsTheAnswer() throws Exception {
    server.enqueue(sample("json_for_a_stream"));
    List<String> heard = new ArrayList<>();

    AiReply reply = model.ask(plain(), heard::add);

    assertThat(reply).isEqualTo(AiReply.fromModel(SLOPE, "m", new AiUsage(10, 20)));
    assertThat(heard).containsExactly(SLOPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF{\"choices\":[{\"message\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}",
        "\n\n  {\n\"choices\":\n[{\"message\":{\"content\":\"Four.\"}}]\n}\n",
        """
        {"choices":[{"delta":{"content":"Fo"}}]}
        {"choices":[{"delta":{"content":"ur."},"finish_reason":"stop"}]}
        """,
        "data: {\"choices\":[{\"delta\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}\n\n"
      })
  void theFormThatComesIsReadWhicheverWasAskedFor(String body) throws Exception {
    ModelScript script = new ModelScript.RawScript(200, "text/plain", List.of(body), Gate.open());
    server.enqueue(script, script);

    assertThat(model.ask(plain()).text()).isEqualTo("Four.");
    assertThat(model.ask(plain(), ignored -> {}).text()).isEqualTo("Four.");
  }

  @Test
  void anErrorForAStreamIsSortedAsAnyOther() throws Exception {
    server.enqueue(
        sample("error_for_a_stream"),
        ModelScript.json("{\"error\":{\"code\":429,\"message\":\"Please try again in 9s\"}}"),
        ModelScript.json("{\"error\":{\"code\":401,\"message\":\"no\"}}"),
        ModelScript.json("[{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}]"),
        ModelScript.json("{\"error\":\"insufficient_quota\"}"));

    assertThat(streamFailure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(streamFailure().retryAfter()).contains(Duration.ofSeconds(9));
    assertThat(streamFailure().kind()).isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(streamFailure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(streamFailure().kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
  }

  @ParameterizedTest
  @CsvSource({"wait_in_milliseconds, 7", "wait_in_details, 23"})
  void everyWayToSayWaitIsKept(String name, long seconds) throws Exception {
    server.enqueue(sample(name), sample(name));

    for (TokenListener listener : List.<TokenListener>of(TokenListener.NONE, ignored -> {})) {
      assertThat(failure(plain(), listener))
          .returns(FailureKind.RATE_LIMITED, AttemptException::kind)
          .satisfies(told -> assertThat(told.retryAfter()).contains(Duration.ofSeconds(seconds)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400|{\"error\":\"'response_format.type' must be 'json_schema' or 'text'\"}",
        "422|{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"response_format\"]}]}",
        "500|response_format is not supported",
        "501|{\"message\":\"JSON mode is not implemented\"}",
        "404|{\"error\":{\"message\":\"No endpoints support response_format\",\"code\":404}}",
        "200|{\"error\":{\"message\":\"json_object is not available for this model\"}}"
      })
  void aFieldThatIsRefusedIsLeftOutFromThenOn(String refusal) throws Exception {
    int status = Integer.parseInt(refusal.substring(0, 3));
    refuse("response_format", ModelScript.status(status, refusal.substring(4)));

    for (int call = 0; call < 2; call++) {
      assertThat(model.ask(plain().withForm(AnswerForm.JSON)).text()).contains("2x=8");
    }
    assertThat(server.requests())
        .extracting(ModelRequest::wantsJson)
        .containsExactly(true, false, false);
  }

  @Test
  void eachFieldThatIsRefusedIsLeftOut() throws Exception {
    server.byDefault(
        ModelScript.refusingField(
            "stream_options",
            ModelScript.refusingField(
                "temperature",
                ModelScript.refusingField("response_format", ModelScript.answer("{\"x\":4}")))));
    AiRequest request = plain().withForm(AnswerForm.JSON).withTemperature(0.7);

    assertThat(model.ask(request, ignored -> {}).text()).isEqualTo("{\"x\":4}");
    assertThat(model.ask(request, ignored -> {}).text()).isEqualTo("{\"x\":4}");

    assertThat(server.requests()).hasSize(5);
    JsonNode last = server.requests().getLast().body();
    assertThat(last.has("stream_options")).isFalse();
    assertThat(last.has("temperature")).isFalse();
    assertThat(last.path("stream").asBoolean()).isTrue();
  }

  @Test
  void theBoundOnTheAnswerGoesByItsOtherNameWhereTheFirstIsRefused() throws Exception {
    server.byDefault(
        ModelScript.decide(request ->
            request.body().has("max_tokens")
                ? ModelScript.status(
                    400,
                    """
                    {"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with \
                    this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}\
                    """)
                : ModelScript.answer("Four.")));

    model.ask(plain().withMaxTokens(50));
    model.ask(plain().withMaxTokens(60));

    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().getLast().body().path("max_completion_tokens").asInt())
        .isEqualTo(60);
  }

  @Test
  void aStreamThatIsRefusedIsAskedForInOnePiece() throws Exception {
    server.byDefault(
        ModelScript.decide(request ->
            request.isStreaming()
                ? ModelScript.status(
                    400,
                    "{\"error\":{\"message\":\"Streaming is not supported\",\"param\":\"stream\"}}")
                : ModelScript.answer("Four.")));
    List<String> heard = new ArrayList<>();

    assertThat(model.ask(plain(), heard::add).text()).isEqualTo("Four.");
    assertThat(heard).containsExactly("Four.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400|{\"error\":{\"message\":\"Unknown parameter: 'messages_format'\",\"param\":\"x\"}}",
        "400|{\"error\":{\"message\":\"The model `m` does not exist\",\"code\":\"model_not_found\"}}",
        "422|{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"model\"]}]}",
        "400|{\"error\":\"response_format must be json_schema\"}"
      })
  void whatCannotBeNegotiatedIsToldAsAFaultOfTheConfiguration(String refusal) {
    int status = Integer.parseInt(refusal.substring(0, 3));
    server.byDefault(ModelScript.status(status, refusal.substring(4)));

    assertThat(failure(plain().withForm(AnswerForm.JSON), TokenListener.NONE).kind())
        .isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(server.requests().size()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "429|{\"error\":{\"message\":\"Rate limit reached; reduce max_tokens\"}}|RATE_LIMITED",
        "400|{\"error\":{\"message\":\"maximum context length is 8192 tokens\"}}|INVALID_REQUEST"
      })
  void refusalsForOtherReasonsAreNotRepeated(String refusal) {
    String[] parts = refusal.split("\\|", -1);
    server.byDefault(ModelScript.status(Integer.parseInt(parts[0]), parts[1]));

    assertThat(failure(plain().withMaxTokens(9), TokenListener.NONE).kind().name())
        .isEqualTo(parts[2]);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aSlashAtTheEndOfTheAddressMakesNoDifference() throws Exception {
    for (String end : List.of("/", "//")) {
      try (AiModel other = OpenAiModel.connect(AiSettings.openAi(server.baseUrl() + end, ""))) {
        assertThat(other.ask(plain()).text()).contains("2x=8");
      }
    }
  }

  private void refuse(String field, ModelScript refusal) {
    ModelScript echo =
        ModelScript.decide(request -> ModelScript.answer("You said: " + request.lastUserText()));
    server.byDefault(ModelScript.decide(request -> request.body().has(field) ? refusal : echo));
  }

  private static AiRequest plain() {
    return AiRequest.of("", AiMessage.user("What is 2x=8?"));
  }

  private AttemptException streamFailure() {
    return failure(plain(), ignored -> {});
  }

  private AttemptException failure(AiRequest request, TokenListener listener) {
    return Objects.requireNonNull(
        catchThrowableOfType(AttemptException.class, () -> model.ask(request, listener)));
  }

  private static ModelScript whole(String content) {
    return ModelScript.json(
        "{\"choices\":[{\"message\":{\"content\":" + content + "},\"finish_reason\":\"stop\"}]}");
  }

  private static ModelScript sample(String name) throws IOException {
    try (InputStream in = AnsweredCasesTest.class.getResourceAsStream("/cases/answers.json")) {
      JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
      JsonNode sample = all.path(name);
      Map<String, String> headers = new HashMap<>();
      sample
          .path("headers")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
      return new ModelScript.StatusScript(
          sample.path("status").asInt(), headers, sample.path("body").toString());
    }
  }
}
