package dev.handoff.systems.trainingvideos;

import dev.handoff.ai.AiTranscript.Segment;
import java.util.List;
import java.util.stream.Collectors;

/// What is said in a video, and where that is known from.
public record Speech(List<Segment> segments, Source source) {
  /// Stands for a video whose words are unknown.
  static final Speech NONE = new Speech(List.of(), Source.NOBODY);

  enum Source {
    MODEL,
    SUBTITLES,
    /// There is no source: nothing is known.
    NOBODY
  }

  public Speech {
    segments = List.copyOf(segments);
  }

  String text() {
    return segments.stream().map(Segment::text).collect(Collectors.joining(" "));
  }

  /// As far as it is inside a video of this length; all of it where the length is 0 for unknown.
  Speech within(double seconds) {
    if (seconds <= 0) {
      return this;
    }
    List<Segment> inside =
        segments.stream()
            .filter(segment -> segment.start() < seconds)
            .map(segment ->
                new Segment(
                    segment.text(),
                    segment.start(),
                    Math.min(segment.end(), seconds),
                    segment.confidence()))
            .toList();
    return new Speech(inside, source);
  }
}
