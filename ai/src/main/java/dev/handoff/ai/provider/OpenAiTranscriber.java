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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A speech model behind OpenAI's `POST /audio/transcriptions`, or a compatible server's. A server
/// that knows no times of what is said gives a transcript without segments. The file is sent from
/// the disk, not from memory; answers are bounded to 8 MiB and to the settings' timeout in all.
/// Safe for use by many threads.
public final class OpenAiTranscriber implements AiTranscriber {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AiSettings settings;
  private final ProviderHttpClient http;
  private final Negotiation negotiation = new Negotiation();

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
    ProviderFailures.requireReady(settings);
    try {
      return read(negotiation.negotiate(new SpeechCall(wav)));
    } catch (RuntimeException e) {
      throw ProviderFailures.sort(e, settings);
    }
  }

  /// One recording, in as many calls as it takes.
  private final class SpeechCall implements Negotiation.NegotiatedCall<String> {
    private final Path wav;

    SpeechCall(Path wav) {
      this.wav = wav;
    }

    @Override
    public Set<RequestField> fields(Set<RequestField> leftOut) {
      Set<RequestField> fields = EnumSet.of(RequestField.RESPONSE_FORMAT);
      fields.add(RequestField.TIMESTAMP_GRANULARITIES);
      fields.removeAll(leftOut);
      // The times are a part of the form that was refused.
      return leftOut.contains(RequestField.RESPONSE_FORMAT) ? Set.of() : fields;
    }

    @Override
    public String ask(Set<RequestField> fields) {
      return http.answer(request(wav, fields));
    }

    @Override
    public boolean hasBegun() {
      return false;
    }
  }

  private HttpRequest request(Path wav, Set<RequestField> fields) {
    String boundary = "handoff-" + UUID.randomUUID();
    StringBuilder form = new StringBuilder(field(boundary, "model", settings.model()));
    if (fields.contains(RequestField.RESPONSE_FORMAT)) {
      form.append(field(boundary, "response_format", "verbose_json"));
    }
    if (fields.contains(RequestField.TIMESTAMP_GRANULARITIES)) {
      form.append(field(boundary, "timestamp_granularities[]", "segment"));
    }
    form.append("--")
        .append(boundary)
        .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"audio.wav\"")
        .append("\r\nContent-Type: audio/wav\r\n\r\n");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.baseUrl() + "/audio/transcriptions"))
            .timeout(settings.timeout())
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(form.toString()),
                    file(wav),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
    if (!settings.apiKey().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.apiKey());
    }
    return request.build();
  }

  private static BodyPublisher file(Path wav) {
    try {
      return BodyPublishers.ofFile(wav);
    } catch (FileNotFoundException e) {
      throw AttemptException.of(FailureKind.ERROR, "The sound is no longer there.").causedBy(e);
    }
  }

  private static String field(String boundary, String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(boundary, name, value);
  }

  private AiTranscript read(String answer) {
    String text = answer.startsWith("\uFEFF") ? answer.substring(1).strip() : answer.strip();
    if (text.startsWith("\"")) {
      return bare(string(text));
    }
    if (!text.startsWith("{")) {
      // Some servers answer with the bare words.
      return bare(text);
    }
    JsonNode json;
    try {
      json = JSON.readTree(text);
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
      String words = segment.path("text").asString("").strip();
      if (!words.isEmpty()) {
        segments.add(new Segment(words, start, end, confidence(segment)));
      }
    }
    return new AiTranscript(json.path("text").stringValue().strip(), segments, settings.model());
  }

  private static String string(String json) {
    try {
      return JSON.readTree(json).asString("").strip();
    } catch (JacksonException noJson) {
      return json;
    }
  }

  private AiTranscript bare(String text) {
    if (text.isEmpty() || text.startsWith("<") || text.startsWith("[")) {
      throw unreadable();
    }
    return new AiTranscript(text, List.of(), settings.model());
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
