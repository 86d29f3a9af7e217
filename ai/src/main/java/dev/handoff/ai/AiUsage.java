package dev.handoff.ai;

/// How many tokens a call cost, as counted by the provider; zeros when it did not say.
public record AiUsage(long inputTokens, long outputTokens) {
  /// Nothing was counted.
  public static final AiUsage NONE = new AiUsage(0, 0);

  /// Refuses negative counts.
  public AiUsage {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException("Token counts are not negative");
    }
  }

  /// Input and output together.
  public long totalTokens() {
    return inputTokens + outputTokens;
  }
}
