package dev.handoff.systems.trainingvideos;

import dev.handoff.ai.AiTranscript.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is said in a video, and where that is known from.
public record Speech(List<Segment> segments, Source source) {
  private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])(?=\\s)");

  /// Stands for a video whose words are unknown.
  static final Speech NONE = new Speech(List.of(), Source.NOBODY);

  enum Source {
    MODEL,
    SUBTITLES,
    /// There is no source: nothing is known.
    NOBODY
  }

  /// What a model heard without saying when: its sentences, each with a part of the time as long as
  /// its words are.
  static Speech untimed(String text, double seconds) {
    if (text.isBlank()) {
      return new Speech(List.of(), Source.MODEL);
    }
    List<Segment> segments = new ArrayList<>();
    String words = text.strip();
    double perCharacter = seconds / words.length();
    double start = 0;
    for (String sentence : SENTENCES.splitAsStream(words).toList()) {
      double end = Math.min(seconds, start + sentence.length() * perCharacter);
      segments.add(new Segment(sentence.strip(), start, end, 1));
      start = end;
    }
    return new Speech(segments, Source.MODEL);
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
