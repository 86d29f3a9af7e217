package dev.handoff;

/// Turns requests, results and step values into payloads and back. Safe for use by many threads.
public interface PayloadCodec {
  /// The value as text.
  ///
  /// @throws PayloadException when the value cannot be written
  Payload encode(Object value);

  /// The value in this text.
  ///
  /// @throws PayloadException when the text does not describe a value of this type
  <T> T decode(Payload payload, Class<T> type);

  /// For task types whose request and result are plain strings: no library needed.
  static PayloadCodec strings() {
    return StringCodec.INSTANCE;
  }
}
