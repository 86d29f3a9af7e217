package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiTranscript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Speech models that know less than OpenAI's first one.
final class OpenAiTranscriberTest {
  private static final String WORDS = "Open the lid and press the green button.";
  private static final String TEXT = "{\"text\": \"" + WORDS + "\"}";

  @TempDir private Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private Function<String, SpeechAnswer> answers = form -> new SpeechAnswer(200, TEXT);
  private Path wav = Path.of("");

  private record SpeechAnswer(int status, String body) {}

  OpenAiTranscriberTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/audio/transcriptions", this::answer);
    server.start();
  }

  @BeforeEach
  void record() throws IOException {
    wav = Files.write(folder.resolve("a.wav"), new byte[] {1, 2, 3});
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400|{\"error\":{\"message\":\"response_format 'verbose_json' is not compatible with model"
            + " 'gpt-4o-transcribe'. Use 'json' or 'text' instead.\",\"param\":\"response_format\"}}",
        "422|{\"detail\":[{\"loc\":[\"body\",\"response_format\"],\"msg\":\"unexpected\"}]}",
        "500|unsupported response_format: verbose_json",
        "200|{\"error\":\"verbose_json is not supported\"}"
      })
  void aTranscriptWithoutTimesIsATranscript(String refusal) throws Exception {
    answers =
        form ->
            form.contains("verbose_json")
                ? new SpeechAnswer(Integer.parseInt(refusal.substring(0, 3)), refusal.substring(4))
                : new SpeechAnswer(200, TEXT);

    try (OpenAiTranscriber speech = speech("")) {
      for (int call = 0; call < 2; call++) {
        AiTranscript heard = speech.transcribe(wav);
        assertThat(heard.text()).isEqualTo(WORDS);
        assertThat(heard.segments()).isEmpty();
      }
    }
    assertThat(asked).hasSize(3);
    assertThat(asked.getLast()).doesNotContain("verbose_json", "timestamp_granularities");
  }

  @Test
  void timesThatAreRefusedAloneAreLeftOutAlone() throws Exception {
    answers =
        form ->
            form.contains("timestamp_granularities")
                ? new SpeechAnswer(
                    400, "{\"error\":\"Unknown parameter: timestamp_granularities\"}")
                : new SpeechAnswer(200, TEXT);

    try (OpenAiTranscriber speech = speech("")) {
      assertThat(speech.transcribe(wav).text()).isEqualTo(WORDS);
    }
    assertThat(asked.getLast()).contains("verbose_json");
  }

  @Test
  void bareWordsAreATranscriptAndSlashesMakeNoDifference() throws Exception {
    answers = form -> new SpeechAnswer(200, WORDS + "\n");

    try (OpenAiTranscriber speech = speech("/")) {
      assertThat(speech.transcribe(wav).text()).isEqualTo(WORDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":0,\"message\":\"success\",\"text\":\"$\"}",
        "{\"text\":\" $ \",\"segments\":null,\"error\":null}",
        "\uFEFF{\"text\":\"$\",\"segments\":[{\"text\":\"\"}]}",
        "\"$\"",
        "\"$\\n\"\n",
        "\"$\" she said"
      })
  void aTranscriptIsReadInWhateverForm(String form) throws Exception {
    answers = ignored -> new SpeechAnswer(200, form.replace("$", WORDS));

    try (OpenAiTranscriber speech = speech("")) {
      assertThat(speech.transcribe(wav).text()).contains(WORDS);
      assertThat(speech.transcribe(wav).segments()).isEmpty();
    }
  }

  @Test
  void whatRemainsRefusedIsAFaultOfTheConfigurationAndWaitsAreKept() {
    answers = form -> new SpeechAnswer(400, "{\"error\":{\"message\":\"no\",\"param\":\"model\"}}");
    assertThat(failure().kind()).isEqualTo(FailureKind.MISCONFIGURED);

    answers =
        form -> new SpeechAnswer(429, "{\"error\":{\"message\":\"Please try again in 9s.\"}}");
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(9));

    answers = form -> new SpeechAnswer(200, "<html>");
    assertThat(failure().kind()).isEqualTo(FailureKind.BAD_OUTPUT);
  }

  private AttemptException failure() {
    try (OpenAiTranscriber speech = speech("")) {
      return Objects.requireNonNull(
          catchThrowableOfType(AttemptException.class, () -> speech.transcribe(wav)));
    }
  }

  private OpenAiTranscriber speech(String end) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1" + end;
    return OpenAiTranscriber.connect(AiSettings.openAi(url, "").withModel("m"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(form);
    SpeechAnswer answer = answers.apply(form);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
