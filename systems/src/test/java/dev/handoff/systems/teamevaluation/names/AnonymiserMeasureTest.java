package dev.handoff.systems.teamevaluation.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// How many of the names in the sentences of `sentences.txt` are taken out, and how many other
/// words with them.
final class AnonymiserMeasureTest {
  private static final double LEAST_RECALL = 0.99;
  private static final double MOST_LOST = 0.01;
  private static final int FEWEST_SENTENCES = 400;
  private static final Pattern MENTION = Pattern.compile("\\{([^}]+)}");
  private static final Pattern ROW = Pattern.compile("\\[\\.\\.\\.](?:[\\s,-]*\\[\\.\\.\\.])+");

  /// A comment, and how it has to be read.
  private record Sentence(List<String> close, List<String> school, String marked) {
    String written() {
      return MENTION.matcher(marked).replaceAll("$1");
    }

    String shown() {
      String hidden = MENTION.matcher(marked).replaceAll(match -> Anonymiser.HIDDEN);
      return ROW.matcher(hidden.replaceAll("\\s+", " ").strip()).replaceAll(Anonymiser.HIDDEN);
    }

    List<String> mentions() {
      return MENTION.matcher(marked).results().map(match -> match.group(1)).toList();
    }
  }

  @Test
  void takesOutNamesAndLeavesWords() throws IOException {
    List<Sentence> sentences = sentences();
    int mentions = 0;
    int missed = 0;
    int words = 0;
    int lost = 0;
    List<String> wrong = new ArrayList<>();
    for (Sentence sentence : sentences) {
      String shown =
          Anonymiser.of(sentence.close(), sentence.school()).comment(sentence.written()).text();
      List<String> expected = words(sentence.shown());
      mentions += sentence.mentions().size();
      words += expected.size();
      if (!shown.equals(sentence.shown())) {
        List<String> left = words(shown);
        int lostHere = without(expected, left).size();
        List<String> tooMany = without(left, expected);
        int missedHere =
            (int)
                sentence.mentions().stream()
                    .filter(mention -> words(mention).stream().anyMatch(tooMany::remove))
                    .count();
        lost += lostHere;
        missed += missedHere;
        wrong.add(
            "%s %s: %s -> %s"
                .formatted(
                    missedHere > 0 ? "missed" : "      ",
                    lostHere > 0 ? "lost" : "    ",
                    sentence.marked(),
                    shown));
      }
    }
    double recall = 1 - (double) missed / mentions;
    double share = (double) lost / words;
    System.out.printf(
        "%d sentences, %d names: %.2f %% taken out; %d other words: %.2f %% lost%n%s%n",
        sentences.size(), mentions, 100 * recall, words, 100 * share, String.join("\n", wrong));
    assertThat(sentences.size()).isGreaterThanOrEqualTo(FEWEST_SENTENCES);
    assertThat(recall).as("names taken out").isGreaterThan(LEAST_RECALL);
    assertThat(share).as("other words lost").isLessThan(MOST_LOST);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.replace(Anonymiser.HIDDEN, " ").split("[^\\p{L}\\p{M}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static List<String> without(List<String> words, List<String> others) {
    List<String> left = new ArrayList<>(words);
    others.forEach(left::remove);
    return left;
  }

  private static List<Sentence> sentences() throws IOException {
    List<Sentence> sentences = new ArrayList<>();
    List<String> close = List.of();
    List<String> school = List.of();
    for (String line : lines()) {
      if (line.startsWith("close ")) {
        close = people(line);
      } else if (line.startsWith("school ")) {
        school = people(line);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        sentences.add(new Sentence(close, school, line.replace("\\n", "\n")));
      }
    }
    return sentences;
  }

  private static List<String> people(String line) {
    return List.of(line.substring(line.indexOf('|') + 1).strip().split("\\s*;\\s*"));
  }

  private static List<String> lines() throws IOException {
    try (var in = AnonymiserMeasureTest.class.getResourceAsStream("sentences.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
