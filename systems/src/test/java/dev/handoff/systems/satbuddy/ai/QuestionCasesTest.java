package dev.handoff.systems.satbuddy.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.systems.satbuddy.PracticeQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Questions as models write them: behind thoughts and words, with fences inside, with formulas.
final class QuestionCasesTest {
  private static final String GOOD =
      """
      {"question": "2x = 8?", "options": {"A": "1", "B": "2", "C": "3", "D": "4"},
       "correct_answer": "D", "explanation": "Halve it."}\
      """;
  private static final String DRAFT =
      """
      {"question": "draft", "options": {"A": "1", "B": "2", "C": "3", "D": "4"},
       "correct_answer": "A", "explanation": "A draft."}\
      """;

  @ParameterizedTest
  @ValueSource(strings = {"question", "question_prose", "question_think", "question_think_fence"})
  void isFoundWhateverStandsAroundIt(String name) throws IOException {
    assertThat(read(name).question()).isEqualTo("What is 3x when x = 4?");
  }

  @Test
  void fencesInsideOfTextsBelongToThem() throws IOException {
    assertThat(read("question_fence_in_text").question())
        .isEqualTo("What does this print?\n```python\nprint(3 * 4)\n```");
  }

  @Test
  void formulasKeepTheirBackslashes() throws IOException {
    assertThat(read("question_latex"))
        .satisfies(read -> {
          assertThat(read.question()).isEqualTo("Solve \\(\\frac{x}{3} = 5\\) for \\(x\\).");
          assertThat(read.options()).containsEntry("B", "\\(15\\)");
          assertThat(read.explanation())
              .isEqualTo(
                  "Since \\(5 \\times 3 = 15\\) and \\(15 \\neq 5\\); with \\(\\beta\\) it is the"
                      + " same, \\(\\boldsymbol{x} = 15\\).");
        });
    assertThat(read("question_latex_dollars"))
        .satisfies(read -> {
          assertThat(read.question()).isEqualTo("Simplify $$\\frac{8}{6}$$ and $$2 \\times 5$$");
          assertThat(read.explanation())
              .isEqualTo("Divide by $$2$$: $$\\frac{8}{6} \\rightarrow \\frac{4}{3}$$.");
        });
    assertThat(read("question_latex_escaped"))
        .satisfies(read -> {
          assertThat(read.question()).isEqualTo("Solve \\(\\frac{x}{3} = 5\\).");
          assertThat(read.explanation()).isEqualTo("First line.\nSecond line with a \"quote\".");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>%d</think>%s",
        "<thinking>\n```json\n%d\n```\n</thinking>\n\nHere it is:\n```json\n%s\n```",
        "%d\n</think>\n%s",
        "Let me try {x | x > 2}: %s Any [more]? {yes}",
        "The set {1, 2, 3} is used.\n%s",
        "First draft: %d\nBetter: %s",
        "{\"result\": %s}",
        "[%s]",
        "{\"questions\": [%s]}",
        "\"quoted words\" before {\"note\": \"x\"} and then %s",
        "```\n%s\n```\n```python\nprint({'a': 1})\n```",
        "<think>{\"question\": \"x?\"} never closed\n%s"
      })
  void draftsAndWrappingsAreSeenThrough(String around) {
    PracticeQuestion read = QuestionReader.read(around.replace("%d", DRAFT).replace("%s", GOOD));

    assertThat(read.question()).isEqualTo("2x = 8?");
    assertThat(read.correctAnswer()).isEqualTo("D");
  }

  @Test
  void jsonWithinJsonIsRead() {
    String quoted = GOOD.replace("\n", "").replace("\"", "\\\"");

    assertThat(QuestionReader.read("{\"answer\": \"" + quoted + "\"}").correctAnswer())
        .isEqualTo("D");
  }

  @Test
  void partsOfHalfAnAnswerAreNotTakenForIt() {
    assertThatThrownBy(() -> QuestionReader.read(GOOD.substring(0, GOOD.length() - 30)))
        .hasMessageContaining("missing required fields");
    assertThatThrownBy(() -> QuestionReader.read("{\"question\": \"2x"))
        .hasMessageContaining("Failed to parse");
  }

  @Test
  void hostileTextsCostNoMoreThanAMoment() {
    for (String part : new String[] {"{", "[", "{\"a\":", "<think>", "\"", "\\", "{\"\\"}) {
      assertThatThrownBy(() -> QuestionReader.read(part.repeat(50_000)))
          .hasMessageContaining("JSON");
    }
  }

  private static PracticeQuestion read(String name) throws IOException {
    try (InputStream in =
        QuestionCasesTest.class.getResourceAsStream("/cases/model-texts/" + name + ".txt")) {
      return QuestionReader.read(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
