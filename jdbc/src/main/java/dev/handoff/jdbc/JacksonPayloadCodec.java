package dev.handoff.jdbc;

import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import dev.handoff.TypeRef;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Stores payloads as JSON with Jackson. Safe for use by many threads.
///
/// Reading is strict, whatever the mapper ignores: a property that the type does not have, a
/// missing one, a value of another type and an unknown subtype are refused, so that a payload of
/// another version of the application is noticed. A part of a record or constructor may be missing
/// when it is `@Nullable` (of any library) or an `Optional`. For single types Jackson's annotations
/// say more: `@JsonAlias` for an earlier name, `@JsonIgnoreProperties(ignoreUnknown = true)` to
/// ignore what is unknown. [#lenient] leaves all of it to the mapper.
public final class JacksonPayloadCodec implements PayloadCodec {
  private final JsonMapper mapper;
  private final JsonMapper stored;

  /// Creates a codec with Jackson's defaults.
  public JacksonPayloadCodec() {
    this(JsonMapper.builder().build());
  }

  /// Creates a codec with the application's mapper: its modules, mix-ins and formats.
  public JacksonPayloadCodec(JsonMapper mapper) {
    this(mapper, StrictJson.of(mapper));
  }

  private JacksonPayloadCodec(JsonMapper mapper, JsonMapper stored) {
    this.mapper = mapper;
    this.stored = stored;
  }

  /// Creates a codec that reads as the mapper does. With Jackson's defaults a renamed field of a
  /// waiting request is then null, and its task is done with that.
  public static JacksonPayloadCodec lenient(JsonMapper mapper) {
    return new JacksonPayloadCodec(mapper, mapper);
  }

  /// Returns the mapper that it was made with.
  public JsonMapper mapper() {
    return mapper;
  }

  @Override
  public Payload encode(Object value) {
    return encode(value, TypeRef.of(Object.class));
  }

  @Override
  public Payload encode(Object value, TypeRef<?> type) {
    boolean asItIs = type.type() == Object.class || type.type() == value.getClass();
    try {
      // A declared type says which subtypes there are; where it is the value's own, it says
      // nothing.
      return new Payload(
          asItIs
              ? stored.writeValueAsString(value)
              : stored.writerFor(stored.constructType(type.type())).writeValueAsString(value));
    } catch (JacksonException | StackOverflowError e) {
      throw JsonFailures.ofWriting(value.getClass(), e);
    }
  }

  @Override
  public <T> T decode(Payload payload, Class<T> type) {
    return decode(payload, TypeRef.of(type));
  }

  @Override
  public <T> T decode(Payload payload, TypeRef<T> type) {
    try {
      return read(stored, payload, type);
    } catch (JacksonException | StackOverflowError e) {
      throw renamed(payload, type, e).orElseGet(() -> JsonFailures.ofReading(type, e));
    }
  }

  /// Reads a value that a caller sends instead of one that was stored: as the mapper reads it, so
  /// that what may be null may be missing.
  ///
  /// @throws PayloadException when the text does not describe a value of this type
  public <T> T decodeSent(Payload payload, TypeRef<T> type) {
    try {
      return read(mapper, payload, type);
    } catch (JacksonException | StackOverflowError e) {
      throw JsonFailures.ofReading(type, e);
    }
  }

  // Jackson stops at the first part that is missing. The name under which it may have been stored
  // is found by reading on without it.
  private Optional<PayloadException> renamed(Payload payload, TypeRef<?> type, Throwable thrown) {
    if (thrown instanceof JacksonException missing && JsonFailures.isMissing(missing)) {
      try {
        Object unusedValue =
            mapper
                .readerFor(mapper.constructType(type.type()))
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(payload.text());
      } catch (UnrecognizedPropertyException unknown) {
        return Optional.of(JsonFailures.alsoUnknown(type, missing, unknown));
      } catch (JacksonException | StackOverflowError somethingElse) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static <T> T read(JsonMapper mapper, Payload payload, TypeRef<T> type) {
    T value = mapper.readValue(payload.text(), mapper.constructType(type.type()));
    if (value == null) {
      throw new PayloadException(
          "the text is the JSON null, not a " + type + "; send what the task type asks for");
    }
    return value;
  }
}
