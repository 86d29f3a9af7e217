package dev.handoff.ai.provider;

import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiUsage;
import dev.handoff.ai.TokenListener;
import java.io.EOFException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// Reads the answer of an OpenAI-compatible server: chunks of a stream, or a document in one piece.
/// An answer is whole only when the server told a reason that means an end. Confined to one thread.
final class CompletionReader implements BodyEvents.BodyListener {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /// What servers send to keep a connection open, where data should be.
  private static final Pattern KEEP_ALIVE = Pattern.compile("[\\w :.\"\\[\\]-]{0,40}");

  private static final Pattern DONE = Pattern.compile("\"?\\[done]\"?", Pattern.CASE_INSENSITIVE);

  private static final Pattern ERROR =
      Pattern.compile(
          "error|fail|exception|time(d )?-?out|overload|unavailable|limit|refused|denied",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ERROR_NAME =
      Pattern.compile("error|fail|exception|abort|time_?out", Pattern.CASE_INSENSITIVE);

  private final AnswerText text;
  private final String askedModel;
  private StopReason end = StopReason.NONE;
  private AiUsage usage = AiUsage.NONE;
  private @Nullable String model;
  private boolean answered;
  private boolean done;
  private Runnable whenDone = () -> {};
  private Runnable onPiece = () -> {};

  CompletionReader(String askedModel, TokenListener onToken, OpenedThoughts opened) {
    this.askedModel = askedModel;
    this.text = new AnswerText(onToken, opened);
  }

  /// Runs this when the server says that nothing more will come, whether it hangs up or not.
  void whenDone(Runnable action) {
    whenDone = action;
  }

  /// Runs this for each piece of the answer, thoughts included.
  void onPiece(Runnable action) {
    onPiece = action;
  }

  @Override
  public void onEvent(String name, String data) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ProviderConnectionException(new InterruptedException());
    }
    String word = data.strip();
    if (isErrorName(name)) {
      throw reported(ErrorReport.of(parsed(word), word));
    }
    if (word.isEmpty() || done) {
      return;
    }
    if (DONE.matcher(word).matches()) {
      done = true;
      if (isDone()) {
        whenDone.run();
      }
      return;
    }
    JsonNode json = parsed(word);
    if (json == null) {
      text(word);
    } else {
      chunk(json);
    }
  }

  private static boolean isErrorName(String name) {
    return ERROR_NAME.matcher(name).find();
  }

  private static @Nullable JsonNode parsed(String data) {
    try {
      JsonNode json = JSON.readTree(data);
      return json.isContainer() ? json : null;
    } catch (JacksonException ignored) {
      return null;
    }
  }

  private static void text(String data) {
    boolean isJson = data.startsWith("{") || data.startsWith("<");
    if (!isJson && ERROR.matcher(data).find()) {
      throw reported(new ErrorReport(0, data));
    }
    if (isJson || !KEEP_ALIVE.matcher(data).matches()) {
      throw new UnreadableAnswerException();
    }
  }

  @Override
  public void onDocument(String document) {
    try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(document)) {
      while (values.hasNextValue()) {
        JsonNode json = values.nextValue();
        chunk(json);
        if (isWithoutReason(json.path("choices").path(0))) {
          // The document itself has an end.
          end = end == StopReason.NONE ? StopReason.WHOLE : end;
        }
      }
    } catch (JacksonException broken) {
      throw new UnreadableAnswerException(broken);
    }
    done = true;
  }

  private static boolean isWithoutReason(JsonNode choice) {
    return choice.has("message") && !choice.hasNonNull("finish_reason");
  }

  private void chunk(JsonNode json) {
    ErrorReport.in(json)
        .ifPresent(error -> {
          throw reported(error);
        });
    if (json.isArray()) {
      // The chunks of a stream in one list.
      json.forEach(this::chunk);
      return;
    }
    String named = json.path("model").asString("");
    model = named.isBlank() ? model : named;
    usage(json.path("usage"));
    for (JsonNode choice : json.path("choices")) {
      if (choice.path("index").asInt(0) == 0) {
        choice(choice);
      }
    }
  }

  private void choice(JsonNode choice) {
    answered = true;
    onPiece.run();
    JsonNode message = choice.path(choice.path("delta").isObject() ? "delta" : "message");
    if (!message.path("refusal").asString("").isBlank() || ContentText.isRefusal(message)) {
      throw ProviderFailures.refused();
    }
    text.add(ContentText.of(message.path("content")));
    String reason = reason(choice);
    StopReason told = StopReason.of(reason);
    if (told == StopReason.BROKEN) {
      throw reported(new ErrorReport(0, reason));
    }
    end = end.or(told);
  }

  // As a word, or as an object that names its type.
  private static String reason(JsonNode choice) {
    JsonNode reason = choice.path("finish_reason");
    return reason.isObject() ? reason.path("type").asString("") : reason.asString("");
  }

  private void usage(JsonNode told) {
    if (told.isObject()) {
      usage = new AiUsage(count(told, "prompt_tokens"), count(told, "completion_tokens"));
    }
  }

  private static long count(JsonNode usage, String field) {
    return Math.max(0, usage.path(field).asLong(0));
  }

  private static ProviderStatusException reported(ErrorReport error) {
    return new ProviderStatusException(error.status(), error.text(), null);
  }

  /// Whether the listener heard anything, so that it is too late to ask anew.
  boolean hasBegun() {
    return text.hasBegun();
  }

  /// Whether nothing is missing, whatever happens to the connection.
  boolean isDone() {
    return done && end != StopReason.NONE;
  }

  /// The answer, after the last byte.
  AiReply reply() {
    if (end == StopReason.FILTERED) {
      throw ProviderFailures.refused();
    }
    if (end == StopReason.NONE) {
      throw done && !answered
          ? new UnreadableAnswerException()
          : new ProviderConnectionException(new EOFException("the answer has no end"));
    }
    String whole = text.end(end);
    if (whole.isBlank()) {
      throw ProviderFailures.empty(end);
    }
    AiReply reply = AiReply.fromModel(whole, model == null ? askedModel : model, usage);
    return end == StopReason.CUT ? reply.cut() : reply;
  }
}
