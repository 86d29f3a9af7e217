package dev.handoff;

/// Turns requests, results and step values into payloads and back. Safe for use by many threads.
///
/// What was stored by another version of the application and does not fit the type is refused, and
/// never filled up: a task whose request cannot be read waits for a node that can.
public interface PayloadCodec {
  /// The value as text.
  ///
  /// @throws PayloadException when the value cannot be written
  Payload encode(Object value);

  /// The value in this text.
  ///
  /// @throws PayloadException when the text does not describe a value of this type
  <T> T decode(Payload payload, Class<T> type);

  /// The value as text that [#decode(Payload, TypeRef)] reads as this type. Codecs that write the
  /// same value differently for different types override it.
  ///
  /// @throws PayloadException when the value cannot be written
  default Payload encode(Object value, TypeRef<?> type) {
    return encode(value);
  }

  /// The value in this text. A codec that reads types with arguments overrides it.
  ///
  /// @throws PayloadException when the text does not describe a value of this type, or this codec
  ///   reads classes only
  default <T> T decode(Payload payload, TypeRef<T> type) {
    if (type.isClass()) {
      return decode(payload, type.rawType());
    }
    throw new PayloadException(
        "this codec reads classes only, not " + type + "; override decode(Payload, TypeRef) in it");
  }

  /// For task types whose request and result are plain strings: no library needed.
  static PayloadCodec strings() {
    return StringCodec.INSTANCE;
  }
}
