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
import dev.handoff.ai.AnswerForm;
import dev.handoff.ai.TokenListener;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rarer manners of OpenAI-compatible servers, proxies and gateways.
final class FurtherCasesTest {
  private static final String START =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Fo\"}}]}\n\n";
  private static final String END =
      "data: {\"choices\":[{\"delta\":{\"content\":\"ur.\"},\"finish_reason\":\"stop\"}]}\n\n";

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
        "data: {\"message\":\"Service overloaded\"}",
        "data: {\"code\":\"InternalError\",\"message\":\"try later\",\"request_id\":\"r\"}",
        "data: {\"code\":1301,\"msg\":\"busy\"}",
        "data: {\"success\":false}",
        "data: {\"ok\":false,\"description\":\"gone\"}",
        "data: {\"error_msg\":\"busy\",\"error_code\":336100}",
        "data: {\"errorMessage\":\"Task timed out after 30 seconds\"}",
        "data: {\"Error\":{\"Code\":\"Throttled\"}}",
        "data: {\"Message\":\"Unable to process\"}",
        "data: {\"fault\":{\"faultstring\":\"Gateway\"}}",
        "data: {\"base_resp\":{\"status_code\":1002,\"status_msg\":\"too much\"}}",
        "data: {\"type\":\"exception\",\"name\":\"x\"}",
        "data: {\"object\":\"error\",\"choices\":[],\"message\":\"x\"}",
        "data: {\"choices\":[],\"error\":{\"message\":\"x\"}}",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"error\":{\"message\":\"x\"}}}]}",
        "data: {\"choices\":[{\"index\":0,\"message\":{\"error\":\"x\"}}]}",
        "data: {\"status\":\"failed\"}",
        "data: {'error': {'message': 'x', 'code': None}}",
        "data: <html><title>502 Bad Gateway</title></html>",
        "<html><title>502 Bad Gateway</title></html>",
        "Error: upstream closed",
        "ERROR: CUDA out of memory",
        "upstream connect error or disconnect/reset before headers",
        "Internal Server Error",
        "Exception: worker died",
        "event: exception\ndata: {\"reason\":\"x\"}",
        "event: internalServerException\ndata: {}",
        "event: timeout\ndata: {}",
        "event: ERROR\ndata:",
        "event: abort\ndata: {}",
      })
  void anErrorInTheMiddleIsNoAnswerEvenIfAnEndFollows(String lines) {
    server.enqueue(ModelScript.stream(START, lines + "\n\n", END, "data: [DONE]\n\n"));

    assertThat(failure().kind())
        .isIn(FailureKind.UNAVAILABLE, FailureKind.RATE_LIMITED, FailureKind.BAD_OUTPUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Data: {}",
        "data: [done]",
        "data: \"ping\"",
        "data: {\"choices\":[],\"message\":null}",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"logprobs\":NaN}]}",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}]}",
        "data: {\"choices\":[{\"index\":0,\"delta\":null,\"finish_reason\":\"\"}]}",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"in_progress\"}]}",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"hm\",\"thinking\":\"hm\"}}]}",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_details\":[{\"text\":\"hm\"}]}}]}",
        "data: {\"choices\":[],\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}",
        "data: {\"type\":\"status\",\"message\":\"queued\"}",
        "data: {\"usage\":{\"prompt_tokens\":1},\"message\":\"\"}",
        "data: {\"prompt_filter_results\":[],\"choices\":[]}",
        "\uFEFFdata: {\"choices\":[]}",
        "event: message\ndata: {\"choices\":[]}",
        "retry: 3000",
        ":\n\n: OPENROUTER PROCESSING",
      })
  void whatMeansNothingCostsNoAnswer(String lines) throws Exception {
    String noise = lines.contains("[done]") ? "" : lines + "\n\n";
    server.enqueue(ModelScript.stream(noise, START, noise, END, lines + "\n\n"));

    assertThat(ask()).returns("Four.", AiReply::text).returns(false, AiReply::isCut);
    assertThat(String.join("", heard)).isEqualTo("Four.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF\uFEFF$",
        "\uFEFF\n\n$",
        "\uFEFF: comment\n\n$",
        "\uFEFFevent: message\n$",
        "\n\n\uFEFF$",
        "\r\n\uFEFF$",
      })
  void byteOrderMarksCostNoWord(String before) throws Exception {
    server.enqueue(ModelScript.stream(before.replace("$", START), END));

    assertThat(ask().text()).isEqualTo("Four.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATA: {\"choices\":[{\"delta\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}",
        "data: data: {\"choices\":[{\"delta\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}",
        "data:{\"choices\":[{\"delta\":{\"content\":\"Four.\"},\"finish_reason\":{\"type\":\"stop\"}}]}",
        "[{\"choices\":[{\"delta\":{\"content\":\"Fo\"}}]},{\"choices\":[{\"delta\":{\"content\":\"ur.\"},\"finish_reason\":\"stop\"}]}]",
        "{\"choices\":[{\"message\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]",
        "{\n\"choices\":[{\"message\":{\"content\":\"Four.\"},\n\"finish_reason\":\"stop\"}]\n}\n[DONE]\n",
        "{\"choices\":[{\"delta\":null,\"message\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"message\":{\"content\":\"Four.\"},\"logprobs\":NaN,\"finish_reason\":\"stop\"}]}",
        "data: {\"choices\":[{\"message\":{\"content\":\"Four.\"},\"finish_reason\":\"stop\"}]}\r\rdata: [DONE]\r\r",
      })
  void unusualFormsAreRead(String body) throws Exception {
    ModelScript script = new ModelScript.RawScript(200, "text/plain", List.of(body), Gate.open());
    server.enqueue(script, script);

    assertThat(ask().text()).isEqualTo("Four.");
    assertThat(model.ask(request()).text()).isEqualTo("Four.");
  }

  @ParameterizedTest
  @CsvSource({
    "max_new_tokens, CUT",
    "max_completion_tokens, CUT",
    "max_output, CUT",
    "time_limit, CUT",
    "token_limit, CUT",
    "truncated, CUT",
    "model_context_window_exceeded, CUT",
    "MODEL_LENGTH, CUT",
    "pending, NONE",
    "not_finished, NONE",
    "generating, NONE",
    "nan, NONE",
    "user_cancelled, BROKEN",
    "disconnected, BROKEN",
    "out_of_memory, BROKEN",
    "ERROR_TOXIC, BROKEN",
    "rate_limit, BROKEN",
    "unload, BROKEN",
    "network_error, BROKEN",
    "content_filtered, FILTERED",
    "guardrail_intervened, FILTERED",
    "stop_sequence, WHOLE",
    "COMPLETE, WHOLE",
    "eos_token, WHOLE",
    "tool_use, WHOLE",
    "endoftext, WHOLE",
    "load, WHOLE",
  })
  void wordsForTheEndAreSorted(String word, StopReason reason) {
    assertThat(StopReason.of(word)).isEqualTo(reason);
  }

  @Test
  void aLaterWordDoesNotMakeACutAnswerWhole() throws Exception {
    server.enqueue(
        ModelScript.stream(
            START,
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n",
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"));

    assertThat(ask().isCut()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "<think time=\"2\">Hm.</think>Two.§Two.",
        "<thinking>\\nHm </think> hm\\n</thinking>\\n\\nTwo.§Two.",
        "<reflection>Hm.</reflection>Two.§Two.",
        "<scratchpad>Hm.</scratchpad>\\nTwo.§Two.",
        "<antThinking>Hm.</antThinking>Two.§Two.",
        "\uFEFF<think>Hm.</think>Two.§Two.",
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Two.§Two.",
        "<|channel|>final<|message|>Two.§Two.",
        "<|start_thinking|>Hm.<|end_thinking|>Two.§Two.",
        "<seed:think>Hm.</seed:think>Two.§Two.",
        "<think>Hm.</think><think>More.</think>Two <think>.§Two <think>.",
        "<thinker> is no tag.§<thinker> is no tag.",
        "<|x|> is no mark.§<|x|> is no mark.",
        "<b>Two.</b>§<b>Two.</b>",
        "1 < 2§1 < 2",
      })
  void thoughtsAreLeftOutHoweverTheyAreMarked(String sent, String shown) throws Exception {
    String text = sent.replace("\\n", "\n");
    for (int size : new int[] {1, 4, 1000}) {
      server.enqueue(ModelScript.ended("stop", text.split("(?s)(?<=\\G.{" + size + "})")));
      assertThat(ask().text()).isEqualTo(shown);
      assertThat(String.join("", heard)).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rise over run.\n</think>\n\nTwo.",
        "Rise over run.</think>\n\nTwo.",
        "Rise over run.\n</think>Two.",
        "Rise.\n</THINKING>\nTwo.",
      })
  void thoughtsThatATemplateOpenedAreNoAnswerAndAreWaitedForFromThenOn(String sent)
      throws Exception {
    server.byDefault(ModelScript.ended("stop", sent.split("(?s)(?<=\\G.{3})")));
    assertThat(failure())
        .returns(FailureKind.BAD_OUTPUT, AttemptException::kind)
        .hasMessageContaining("thought aloud");

    assertThat(ask().text()).isEqualTo("Two.");
    assertThat(String.join("", heard)).isEqualTo("Two.");
    assertThat(model.ask(request()).text()).isEqualTo("Two.");

    server.byDefault(ModelScript.ended("stop", "No thoughts."));
    assertThat(ask().text()).isEqualTo("No thoughts.");
    server.byDefault(ModelScript.ended("length", "Rise over"));
    assertThat(failure().getMessage()).contains("limit");
    assertThat(heard).isEmpty();
  }

  @Test
  void openedThoughtsOfAnAnswerInOnePieceKeepThoseOfStreamsUnheard() throws Exception {
    server.byDefault(ModelScript.thinkingOpened("Rise over run.", "Two."));

    assertThat(model.ask(request()).text()).isEqualTo("Two.");
    assertThat(ask().text()).isEqualTo("Two.");
    assertThat(heard).containsExactly("Two.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The tag `</think>` ends thoughts.",
        "Write\n```\n<think>\nhm\n</think>\n```",
        "It ends with `</think>`\nalways.",
      })
  void aClosingTagThatIsSpokenOfStays(String sent) throws Exception {
    server.byDefault(ModelScript.ended("stop", sent));

    assertThat(ask().text()).isEqualTo(sent);
    assertThat(model.ask(request()).text()).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"type\":\"text\",\"text\":null},{\"type\":\"text\",\"text\":\"Four.\"}]",
        "[{\"type\":\"text\",\"content\":\"Four.\"}]",
        "[{\"type\":\"think_text\",\"text\":\"hm\"},\"Four.\"]",
        "[{\"type\":\"summary_text\",\"text\":\"hm\"},{\"type\":\"output_text\",\"text\":\"Four.\"}]",
        "[{\"type\":\"redacted_thinking\",\"data\":\"x\"},{\"type\":\"text\",\"text\":\"Four.\"}]",
        "[{\"type\":\"reference\",\"reference_ids\":[1]},{\"type\":\"text\",\"text\":\"Four.\"}]",
        "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}},{\"type\":\"text\",\"text\":\"Four.\"}]",
        "[[{\"type\":\"text\",\"text\":\"Fo\"}],[{\"type\":\"text\",\"text\":\"ur.\"}]]",
        "[{\"text\":\"<think>h\"},{\"text\":\"m</think>Four.\"}]",
      })
  void textsOfPartsAreJoined(String content) throws Exception {
    server.enqueue(whole(content));
    assertThat(model.ask(request()).text()).isEqualTo("Four.");

    server.enqueue(
        ModelScript.stream(
            "data: {\"choices\":[{\"delta\":{\"content\":%s},\"finish_reason\":\"stop\"}]}\n\n"
                .formatted(content)));
    assertThat(ask().text()).isEqualTo("Four.");
  }

  @Test
  void aPartThatRefusesIsARefusal() {
    server.enqueue(whole("[{\"type\":\"refusal\",\"refusal\":\"I cannot.\"}]"));

    assertThat(failure().kind()).isEqualTo(FailureKind.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response_format|400|{\"error\":{\"message\":\"This model does not support structured output\"}}",
        "response_format|400|{\"message\":\"JSON-mode is not enabled\"}",
        "response_format|403|{\"error\":\"responseFormat not allowed\"}",
        "response_format|500|got an unexpected keyword argument 'response_format'",
        "temperature|400|{\"error\":{\"message\":\"`temperature` is deprecated for this model.\"}}",
        "temperature|400|{\"error\":{\"message\":\"temperature: Extra inputs are not permitted\"}}",
        "temperature|400|{\"error\":{\"message\":\"invalid temperature: only 1 is allowed\"}}",
        "temperature|422|{\"detail\":[{\"loc\":[\"body\",\"temperature\"],\"msg\":\"no\"}]}",
        "temperature|400|{\"error\":{\"message\":\"temperature must be 1 for this model\"}}",
        "stream_options|422|{\"detail\":[{\"loc\":[\"body\",\"stream_options\"]}]}",
        "stream_options|400|Unknown name \\\"stream_options\\\": Cannot find field.",
        "stream_options|400|[{\"error\":{\"code\":400,\"message\":\"stream_options?\"}}]",
        "stream_options|200|{\"error\":\"include_usage unknown\"}",
      })
  void aFieldThatIsNamedInARefusalIsLeftOut(String told) throws Exception {
    String[] parts = told.split("\\|", 3);
    ModelScript refusal = ModelScript.status(Integer.parseInt(parts[1]), parts[2]);
    server.byDefault(
        ModelScript.decide(
            asked -> asked.body().has(parts[0]) ? refusal : ModelScript.answer("{\"x\":4}")));
    AiRequest request = request().withForm(AnswerForm.JSON).withTemperature(0.2);

    for (int call = 0; call < 2; call++) {
      assertThat(model.ask(request, ignored -> {}).text()).isEqualTo("{\"x\":4}");
    }
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System role not supported",
        "Only user and assistant roles are supported!",
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "No models loaded. Please load a model in the developer page.",
        "The model `old` has been decommissioned",
        "The model 'm' does not exist or you do not have access to it.",
        "model \\\"m\\\" not found, try pulling it first",
        "image_url is only supported by certain models",
        "This model does not support image input",
        "m is not a multimodal model",
        "unexpected keyword argument 'foo'",
      })
  void whatNobodyButAnAdministratorCanChangeIsAFaultOfTheConfiguration(String message) {
    server.byDefault(ModelScript.status(400, "{\"error\":{\"message\":\"" + message + "\"}}"));

    assertThat(failure().kind()).isEqualTo(FailureKind.MISCONFIGURED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400|{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"retry after 7 seconds\"}}|7",
        "403|{\"message\":\"API rate limit exceeded. Try again in 9s\"}|9",
        "503|{\"error\":\"Model is loading\",\"estimated_time\":20.5}|20",
        "529|{\"error\":{\"type\":\"overloaded_error\"},\"retryAfter\":4}|4",
      })
  void aWaitIsKeptWhateverTheStatus(int status, String body, long seconds) {
    server.enqueue(ModelScript.status(status, body));

    assertThat(failure().retryAfter().map(Duration::toSeconds)).contains(seconds);
  }

  private AiReply ask() throws InterruptedException {
    heard.clear();
    return model.ask(request(), heard::add);
  }

  private AttemptException failure() {
    heard.clear();
    TokenListener listener = heard::add;
    return Objects.requireNonNull(
        catchThrowableOfType(AttemptException.class, () -> model.ask(request(), listener)));
  }

  private static ModelScript whole(String content) {
    return ModelScript.json(
        "{\"choices\":[{\"message\":{\"content\":" + content + "},\"finish_reason\":\"stop\"}]}");
  }

  private static AiRequest request() {
    return AiRequest.of("", AiMessage.user("What is 2+2?"));
  }
}
