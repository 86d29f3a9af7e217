package dev.handoff.systems.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request's JSON object, read field by field. Unknown fields are ignored, as the systems'
/// originals did; a field of the wrong type is refused. Immutable.
public final class JsonBody {
  /// What a person reads when the body is not what it should be.
  public static final String INVALID = "Invalid request format";

  private static final int DEPTH = 50;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final ObjectNode fields;

  private JsonBody(ObjectNode fields) {
    this.fields = fields;
  }

  /// The body of this request. Its content type may be missing, but must not be that of an HTML
  /// form: those can be sent across sites without asking.
  ///
  /// @throws RefusedException when it is not a JSON object
  public static JsonBody of(HttpServletRequest request) throws IOException {
    String type = request.getContentType();
    if (type != null && !type.toLowerCase(java.util.Locale.ROOT).contains("json")) {
      throw RefusedException.of(415, "Send the request as application/json");
    }
    return parse(request.getInputStream().readAllBytes());
  }

  /// The same, but an empty body counts as an empty object.
  public static JsonBody ofOptional(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    return body.length == 0 ? new JsonBody(MAPPER.createObjectNode()) : parse(body);
  }

  private static JsonBody parse(byte[] body) {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return new JsonBody(object);
      }
    } catch (JacksonException notJson) {
      throw RefusedException.badRequest(INVALID);
    }
    throw RefusedException.badRequest(INVALID);
  }

  /// The text in this field; empty when the field is missing or null.
  ///
  /// @throws RefusedException when it is something else
  public Optional<String> text(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(textIn(value));
  }

  /// The texts in this list; none when the field is missing or null.
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list(field)) {
      texts.add(textIn(value));
    }
    return List.copyOf(texts);
  }

  /// Whether the field is there, be it null.
  public boolean has(String field) {
    return fields.has(field);
  }

  /// The whole number in this field; empty when the field is missing or null.
  ///
  /// @throws RefusedException when it is something else
  public Optional<Long> whole(String field) {
    JsonNode value = fields.path(field);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(wholeIn(value));
  }

  /// The whole numbers in this list; none when the field is missing or null.
  public List<Long> wholes(String field) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode value : list(field)) {
      numbers.add(wholeIn(value));
    }
    return List.copyOf(numbers);
  }

  /// The number in this field; empty when the field is missing or null.
  ///
  /// @throws RefusedException when it is something else
  public Optional<Double> decimal(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw RefusedException.badRequest(INVALID);
    }
    return Optional.of(value.doubleValue());
  }

  /// The object in this field; empty when there is something else, or nothing.
  public Optional<JsonBody> object(String field) {
    return fields.path(field) instanceof ObjectNode object
        ? Optional.of(new JsonBody(object))
        : Optional.empty();
  }

  /// The yes or no in this field; empty when the field is missing or null.
  ///
  /// @throws RefusedException when it is something else
  public Optional<Boolean> flag(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw RefusedException.badRequest(INVALID);
    }
    return Optional.of(value.booleanValue());
  }

  /// The objects in this list; none when the field is missing or null.
  public List<JsonBody> objects(String field) {
    List<JsonBody> objects = new ArrayList<>();
    for (JsonNode value : list(field)) {
      if (!(value instanceof ObjectNode object)) {
        throw RefusedException.badRequest(INVALID);
      }
      objects.add(new JsonBody(object));
    }
    return List.copyOf(objects);
  }

  private Iterable<JsonNode> list(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw RefusedException.badRequest(INVALID);
    }
    return value;
  }

  private static long wholeIn(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw RefusedException.badRequest(INVALID);
    }
    return value.longValue();
  }

  private static String textIn(JsonNode value) {
    if (!value.isString()) {
      throw RefusedException.badRequest(INVALID);
    }
    return value.stringValue();
  }
}
