package dev.handoff.ai.provider;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An error that a provider reports in JSON, in whatever form: the status that it names (0 for
/// none) and its whole text.
record ErrorReport(int status, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String[] CODES = {
    "code", "status", "status_code", "statusCode", "http_status", "error_code"
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
    for (String field : new String[] {"error", "errors", "err"}) {
      if (isTold(json.path(field))) {
        return json.path(field);
      }
    }
    JsonNode choices = json.path("choices");
    if (!choices.isMissingNode()) {
      return choices
          .valueStream()
          .map(choice -> choice.path("error"))
          .filter(ErrorReport::isTold)
          .findFirst()
          .orElse(choices.path("no error"));
    }
    boolean named =
        isError(json.path("type")) || isError(json.path("object")) || isError(json.path("status"));
    boolean worded =
        isTold(json.path("detail"))
            || isTold(json.path("exception"))
            || (isWorded(json) && statusOf(json).isPresent());
    return named || worded ? json : json.path("no error");
  }

  private static boolean isWorded(JsonNode json) {
    return isTold(json.path("message")) || isTold(json.path("msg"));
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
    return word.isString() && word.stringValue().toLowerCase(Locale.ROOT).contains("error");
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
