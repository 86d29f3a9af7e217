package dev.handoff.ai.provider;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiTranscriber;
import dev.handoff.ai.AiTranscript;
import dev.handoff.ai.AiTranscript.Segment;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A speech model behind OpenAI's `POST /audio/transcriptions`, or a compatible server's. The file
/// is sent from the disk, not from memory; answers are bounded to 8 MiB and to the settings'
/// timeout in all. Safe for use by many threads.
public final class OpenAiTranscriber implements AiTranscriber {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AiSettings settings;
  private final ProviderHttpClient http;

  private OpenAiTranscriber(AiSettings settings, InstantSource clock) {
    this.settings = settings;
    this.http = new ProviderHttpClient(settings, clock);
  }

  /// The speech model of these settings. Nothing is sent until the first recording.
  public static OpenAiTranscriber connect(AiSettings settings) {
    return new OpenAiTranscriber(settings, InstantSource.system());
  }

  @Override
  public AiTranscript transcribe(Path wav) throws InterruptedException {
    if (settings.lacksKey()) {
      throw AttemptException.of(
          FailureKind.MISCONFIGURED,
          "The AI provider's API key is not configured. An administrator has to set it.");
    }
    try {
      return read(http.answer(request(wav)));
    } catch (RuntimeException e) {
      throw OpenAiFailures.sort(e, settings);
    } catch (FileNotFoundException e) {
      throw AttemptException.of(FailureKind.ERROR, "The sound is no longer there.").causedBy(e);
    }
  }

  private HttpRequest request(Path wav) throws FileNotFoundException {
    String boundary = "handoff-" + UUID.randomUUID();
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(
                field(boundary, "model", settings.model())
                    + field(boundary, "response_format", "verbose_json")
                    + field(boundary, "timestamp_granularities[]", "segment")
                    + "--"
                    + boundary
                    + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"audio.wav\""
                    + "\r\nContent-Type: audio/wav\r\n\r\n"),
            BodyPublishers.ofFile(wav),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.baseUrl() + "/audio/transcriptions"))
            .timeout(settings.timeout())
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(body);
    if (!settings.apiKey().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.apiKey());
    }
    return request.build();
  }

  private static String field(String boundary, String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(boundary, name, value);
  }

  private AiTranscript read(String answer) {
    JsonNode json;
    try {
      json = JSON.readTree(answer);
    } catch (JacksonException broken) {
      throw unreadable().causedBy(broken);
    }
    if (!json.path("text").isString()) {
      throw unreadable();
    }
    List<Segment> segments = new ArrayList<>();
    for (JsonNode segment : json.path("segments")) {
      double start = Math.max(0, segment.path("start").asDouble(0));
      double end = Math.max(start, segment.path("end").asDouble(start));
      String text = segment.path("text").asString("").strip();
      if (!text.isEmpty()) {
        segments.add(new Segment(text, start, end, confidence(segment)));
      }
    }
    return new AiTranscript(json.path("text").stringValue().strip(), segments, settings.model());
  }

  // Providers tell the mean of the logarithms; those that tell nothing are believed.
  private static double confidence(JsonNode segment) {
    JsonNode log = segment.path("avg_logprob");
    return log.isNumber() ? Math.clamp(Math.exp(log.asDouble()), 0, 1) : 1;
  }

  private static AttemptException unreadable() {
    return AttemptException.of(
        FailureKind.BAD_OUTPUT, "The AI provider's transcript could not be read.");
  }

  @Override
  public void close() {
    http.close();
  }

  /// Names the model and the server; never the key.
  @Override
  public String toString() {
    return "OpenAiTranscriber[" + settings + "]";
  }
}
