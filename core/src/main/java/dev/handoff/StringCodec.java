package dev.handoff;

/// Strings as they are; any other type is refused.
enum StringCodec implements PayloadCodec {
  INSTANCE;

  @Override
  public Payload encode(Object value) {
    if (value instanceof String text) {
      return new Payload(text);
    }
    throw new PayloadException(
        "this engine was started with PayloadCodec.strings(), which cannot write a "
            + value.getClass().getName()
            + "; start it with a JSON codec");
  }

  @Override
  public <T> T decode(Payload payload, Class<T> type) {
    if (type.equals(String.class)) {
      return type.cast(payload.text());
    }
    throw new PayloadException(
        "this engine was started with PayloadCodec.strings(), which cannot read a "
            + type.getName()
            + "; start it with a JSON codec");
  }
}
