package dev.handoff;

/// Tokens that a model read and wrote. Never negative.
public record Usage(String model, long inputTokens, long outputTokens) {
  /// Nothing used.
  public static final Usage NONE = new Usage("", 0, 0);

  /// Negative counts are an error of the caller.
  public Usage {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "token counts are not negative, were " + inputTokens + " and " + outputTokens);
    }
  }

  /// Both together, under this model's name unless it is empty.
  public Usage plus(Usage more) {
    return new Usage(
        more.model.isEmpty() ? model : more.model,
        inputTokens + more.inputTokens,
        outputTokens + more.outputTokens);
  }
}
