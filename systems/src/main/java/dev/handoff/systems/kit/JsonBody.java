package dev.handoff.systems.kit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request's JSON object, read field by field. Unknown fields are ignored, as the systems'
/// originals did; a field of the wrong type is refused with a [RefusedException]. Immutable.
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
      throw RefusedException.unreadable();
    }
    throw RefusedException.unreadable();
  }

  /// The whole object as JSON.
  public String json() {
    return fields.toString();
  }

  /// Whether the field is there, be it null.
  public boolean has(String field) {
    return fields.has(field);
  }

  // Each of these is empty when the field is missing or null, and refuses a value of another type.

  public Optional<String> text(String field) {
    return value(field).map(JsonBody::textIn);
  }

  public Optional<Long> whole(String field) {
    return value(field).map(JsonBody::wholeIn);
  }

  public Optional<Double> decimal(String field) {
    return value(field)
        .map(value -> required(value.isNumber() && Double.isFinite(value.doubleValue()), value))
        .map(JsonNode::doubleValue);
  }

  public Optional<Boolean> flag(String field) {
    return value(field).map(value -> required(value.isBoolean(), value).booleanValue());
  }

  public List<String> texts(String field) {
    return list(field).map(JsonBody::textIn).toList();
  }

  public List<Long> wholes(String field) {
    return list(field).map(JsonBody::wholeIn).toList();
  }

  public List<JsonBody> objects(String field) {
    return list(field)
        .map(value -> new JsonBody((ObjectNode) required(value.isObject(), value)))
        .toList();
  }

  /// The object in this field; empty when there is something else, or nothing.
  public Optional<JsonBody> object(String field) {
    return fields.path(field) instanceof ObjectNode object
        ? Optional.of(new JsonBody(object))
        : Optional.empty();
  }

  private Optional<JsonNode> value(String field) {
    JsonNode value = fields.path(field);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private Stream<JsonNode> list(String field) {
    return value(field).stream().flatMap(value -> required(value.isArray(), value).valueStream());
  }

  private static long wholeIn(JsonNode value) {
    return required(value.isIntegralNumber() && value.canConvertToLong(), value).longValue();
  }

  private static String textIn(JsonNode value) {
    return required(value.isString(), value).stringValue();
  }

  private static JsonNode required(boolean isRight, JsonNode value) {
    if (!isRight) {
      throw RefusedException.unreadable();
    }
    return value;
  }
}
