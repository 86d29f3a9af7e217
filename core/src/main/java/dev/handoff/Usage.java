package dev.handoff;

/// Tokens that a model read and wrote. Never negative. A longer name than 200 characters is cut;
/// sums end at `Long.MAX_VALUE`.
public record Usage(String model, long inputTokens, long outputTokens) {
  /// No tokens, of no model.
  public static final Usage NONE = new Usage("", 0, 0);

  private static final int MODEL_LIMIT = 200;

  /// Negative counts are an error of the caller.
  public Usage {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "token counts are not negative, were " + inputTokens + " and " + outputTokens);
    }
    model = Texts.cut(model, MODEL_LIMIT);
  }

  /// Both together, under this model's name unless it is empty.
  public Usage plus(Usage more) {
    return new Usage(
        more.model.isEmpty() ? model : more.model,
        sum(inputTokens, more.inputTokens),
        sum(outputTokens, more.outputTokens));
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
