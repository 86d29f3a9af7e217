package dev.handoff.ai;

/// How many tokens a call cost, as counted by the provider; zeros when it did not say.
public record AiUsage(long inputTokens, long outputTokens) {
  public static final AiUsage NONE = new AiUsage(0, 0);

  public AiUsage {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException("Token counts are not negative");
    }
  }

  public long totalTokens() {
    return inputTokens + outputTokens;
  }
}
