package dev.handoff.systems.zoneinsights;

import java.util.Arrays;
import java.util.List;

/// How many words a text may have. What a model wrote too long is cut; what it wrote too short
/// stays as it is, because nobody else knows what it left out.
public record WordLimit(int least, int most) {
  /// Of a point in a zone.
  public static final WordLimit POINT = new WordLimit(15, 25);

  /// Of what went wrong, and of how to fix it.
  public static final WordLimit CHECKPOINT = new WordLimit(10, 15);

  boolean holds(String text) {
    int words = words(text).size();
    return words >= least && words <= most;
  }

  /// The text, ended after its last whole sentence within the limit; where that would leave too
  /// little, in the middle of one.
  public String cut(String text) {
    List<String> words = words(text);
    if (words.size() <= most) {
      return text;
    }
    for (int end = most; end >= least; end--) {
      if (words.get(end - 1).matches(".*[.!?]")) {
        return String.join(" ", words.subList(0, end));
      }
    }
    return String.join(" ", words.subList(0, most)) + "…";
  }

  /// The first of these texts that has as many words as it should, else the last.
  String firstOf(List<String> texts) {
    return texts.stream().filter(this::holds).findFirst().orElseGet(texts::getLast);
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.strip().split("\\s+"));
  }
}
