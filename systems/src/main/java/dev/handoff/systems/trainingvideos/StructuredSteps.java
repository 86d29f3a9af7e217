package dev.handoff.systems.trainingvideos;

import dev.handoff.ai.AiTranscript.Segment;
import dev.handoff.systems.trainingvideos.MaterialViews.StructuredStep;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts what is said into steps, by rules: a step ends with its sentence, at 25 words or at 30 s.
final class StructuredSteps {
  private static final double LEAST_CONFIDENCE = 0.6;
  private static final int MOST_WORDS = 25;
  private static final double LONGEST = 30;
  private static final double SHORTEST = 2;
  private static final int SHORTEST_TITLE = 10;
  private static final int LONGEST_TITLE = 100;
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?]['\")\\]]*$");
  private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])\\s+");
  private static final Pattern WORDS = Pattern.compile("\\s+");

  private final List<StructuredStep> steps = new ArrayList<>();
  private final List<Segment> open = new ArrayList<>();
  private final int most;

  private StructuredSteps(int most) {
    this.most = most;
  }

  /// The steps of these segments, at most so many.
  static List<StructuredStep> of(List<Segment> segments, int most) {
    StructuredSteps cut = new StructuredSteps(most);
    for (Segment segment : segments) {
      if (segment.confidence() >= LEAST_CONFIDENCE) {
        cut.add(segment);
      }
    }
    cut.close();
    return List.copyOf(cut.steps);
  }

  private void add(Segment segment) {
    open.add(segment);
    double length = segment.end() - open.getFirst().start();
    if (SENTENCE_END.matcher(segment.text().strip()).find()
        || words(text()) >= MOST_WORDS
        || length >= LONGEST) {
      close();
    }
  }

  private void close() {
    if (!open.isEmpty() && steps.size() < most) {
      double start = open.getFirst().start();
      double end = open.getLast().end();
      if (end - start >= SHORTEST) {
        String text = text();
        double confidence = open.stream().mapToDouble(Segment::confidence).average().orElseThrow();
        steps.add(
            new StructuredStep(
                Step.idOf(steps.size() + 1),
                text,
                MaterialViews.rounded(start),
                MaterialViews.rounded(end),
                MaterialViews.rounded(confidence),
                MaterialViews.rounded(end - start),
                words(text),
                StepType.of(text, steps.isEmpty()).word()));
      }
    }
    open.clear();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    open.forEach(segment -> text.append(text.isEmpty() ? "" : " ").append(segment.text().strip()));
    return text.toString();
  }

  static int words(String text) {
    return text.isBlank() ? 0 : (int) WORDS.splitAsStream(text.strip()).count();
  }

  /// The first sentence of a fitting length, else words for a step of this number.
  static String title(String text, int number) {
    return SENTENCES
        .splitAsStream(text.strip())
        .map(sentence -> sentence.strip().replaceAll("[.!?]+$", ""))
        .filter(bare -> bare.length() >= SHORTEST_TITLE && bare.length() <= LONGEST_TITLE)
        .findFirst()
        .orElseGet(() -> stockTitle(number));
  }

  static String stockTitle(int number) {
    return "Step " + number + ": Training Process";
  }
}
