package dev.handoff.ai.provider;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An error that a provider reports in JSON, in whatever form: the status that it names (0 for
/// none) and its whole text.
record ErrorReport(int status, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String[] CODES = {
    "code", "status", "status_code", "statusCode", "http_status", "error_code", "errorCode"
  };
  private static final Pattern ERROR_WORD =
      Pattern.compile("error|exception|fail", Pattern.CASE_INSENSITIVE);

  private static final String[] FIELDS = {
    "error", "errors", "err", "Error", "error_msg", "error_message", "errorMessage", "errmsg"
  };

  /// The error in this JSON, which may also be an ordinary chunk.
  static Optional<ErrorReport> in(JsonNode json) {
    if (json.isArray()) {
      return json.valueStream().flatMap(one -> in(one).stream()).findFirst();
    }
    JsonNode told = error(json);
    return told.isMissingNode()
        ? Optional.empty()
        : Optional.of(new ErrorReport(status(told, json), json.toString()));
  }

  /// The error in this text, if it is JSON with one.
  static Optional<ErrorReport> inText(String text) {
    try {
      return in(JSON.readTree(text));
    } catch (JacksonException ignored) {
      return Optional.empty();
    }
  }

  /// The error that this text is, when it is known to be one.
  static ErrorReport of(@Nullable JsonNode json, String text) {
    return json == null ? new ErrorReport(0, text) : new ErrorReport(status(json, json), text);
  }

  private static JsonNode error(JsonNode json) {
    for (String field : FIELDS) {
      if (isTold(json.path(field))) {
        return json.path(field);
      }
    }
    // MiniMax tells it in each chunk, with a code of 0 while all is well.
    if (isTold(json.path("base_resp").path("status_code"))) {
      return json.path("base_resp");
    }
    JsonNode choices = json.path("choices");
    if (choices.isArray() && !choices.isEmpty()) {
      return choices
          .valueStream()
          .flatMap(choice -> Stream.of(choice, choice.path("delta"), choice.path("message")))
          .map(within -> within.path("error"))
          .filter(ErrorReport::isTold)
          .findFirst()
          .orElse(choices.path("no error"));
    }
    boolean named =
        isError(json.path("type")) || isError(json.path("object")) || isError(json.path("status"));
    boolean worded =
        isTold(json.path("detail"))
            || isTold(json.path("exception"))
            || isTold(json.path("fault"))
            || isFalse(json.path("success"))
            || isFalse(json.path("ok"))
            || (isWorded(json) && !isPartOfAnAnswer(json));
    return named || worded ? json : json.path("no error");
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.booleanValue();
  }

  private static boolean isWorded(JsonNode json) {
    return json.path("message").isString()
        || json.path("Message").isString()
        || json.path("msg").isString();
  }

  /// Transcripts, and chunks without choices: of usage, of filter results, of a provider's own
  /// form.
  private static boolean isPartOfAnAnswer(JsonNode json) {
    return statusOf(json).isEmpty()
        && (json.has("choices")
            || json.has("usage")
            || json.has("text")
            || isPing(json.path("type")));
  }

  private static boolean isPing(JsonNode type) {
    return type.asString("").matches("(?i)ping|heartbeat|keep.?alive|status|info|progress|queued?");
  }

  private static boolean isTold(JsonNode value) {
    boolean nothing =
        value.isMissingNode()
            || value.isNull()
            || (value.isBoolean() && !value.booleanValue())
            || (value.isContainer() && value.isEmpty())
            || (value.isString() && value.stringValue().isBlank())
            || (value.isNumber() && value.asInt(0) == 0);
    return !nothing;
  }

  private static boolean isError(JsonNode word) {
    return word.isString() && ERROR_WORD.matcher(word.stringValue()).find();
  }

  private static int status(JsonNode told, JsonNode around) {
    JsonNode one = told.isArray() ? told.path(0) : told;
    return statusOf(one).or(() -> statusOf(around)).orElse(0);
  }

  private static Optional<Integer> statusOf(JsonNode json) {
    for (String field : CODES) {
      String code = json.path(field).asString("");
      if (code.matches("[45]\\d\\d")) {
        return Optional.of(Integer.valueOf(code));
      }
    }
    return Optional.empty();
  }
}
