package dev.handoff.jdbc;

import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Stores payloads as JSON with Jackson. Safe for use by many threads.
public final class JacksonPayloadCodec implements PayloadCodec {
  private final JsonMapper mapper;

  /// Creates a codec with Jackson's defaults.
  public JacksonPayloadCodec() {
    this(JsonMapper.builder().build());
  }

  /// Creates a codec with the application's mapper.
  public JacksonPayloadCodec(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Payload encode(Object value) {
    try {
      return new Payload(mapper.writeValueAsString(value));
    } catch (JacksonException e) {
      throw new PayloadException(
          "a "
              + value.getClass().getName()
              + " cannot be written as JSON; give it plain fields, or register a serializer",
          e);
    }
  }

  @Override
  public <T> T decode(Payload payload, Class<T> type) {
    T value;
    try {
      value = mapper.readValue(payload.text(), type);
    } catch (JacksonException e) {
      throw new PayloadException(
          "the text is not the JSON of a " + type.getName() + "; send what the task type asks for",
          e);
    }
    if (value == null) {
      throw new PayloadException(
          "the text is the JSON null, not a "
              + type.getName()
              + "; send what the task type asks for");
    }
    return value;
  }
}
