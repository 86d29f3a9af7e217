package dev.handoff.ai;

import java.util.List;

/// What was said in a recording, in the order it was said.
public record AiTranscript(String text, List<Segment> segments, String model) {
  public AiTranscript {
    segments = List.copyOf(segments);
  }

  /// A piece of what was said: when, in seconds from the beginning, and how sure the model is of it
  /// (0 to 1).
  public record Segment(String text, double start, double end, double confidence) {
    /// Refuses a piece that ends before it begins, and a confidence out of its bounds.
    public Segment {
      if (!(start >= 0) || !(end >= start)) {
        throw new IllegalArgumentException(
            "A segment begins at 0 or later and ends after that, was " + start + " to " + end);
      }
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("Confidence is from 0 to 1, was " + confidence);
      }
    }
  }
}
