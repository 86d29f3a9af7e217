package dev.handoff.spring.wire;

import dev.handoff.Payload;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// The JSON mapper of the calls under `handoff.api.path`, independent of the application's. Safe
/// for use by many threads.
public final class WireJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private WireJson() {}

  /// The value as one line of JSON.
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// The value in this JSON.
  public static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /// The value in this tree.
  public static <T> T read(JsonNode json, Class<T> type) {
    return MAPPER.treeToValue(json, type);
  }

  /// Returns a stored result for the wire: JSON as it is, any other text as a JSON string.
  public static JsonNode node(Payload payload) {
    try {
      return MAPPER.readTree(payload.text());
    } catch (JacksonException notJson) {
      return StringNode.valueOf(payload.text());
    }
  }
}
