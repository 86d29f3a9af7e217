package dev.handoff.systems.satbuddy.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.systems.satbuddy.PracticeQuestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What counts as a question in a model's answer.
final class QuestionReaderTest {
  private static final String GOOD =
      """
      {"question": "2x = 8?", "options": {"A": "1", "B": "2", "C": "3", "D": "4"},
       "correct_answer": "D", "explanation": "Halve it."}\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "```\n%s```",
        "Sure, here it is:\n```json\n%s\n```\nGood luck!",
        "  %s  "
      })
  void fencesAndWordsAroundAreStripped(String around) {
    assertThat(QuestionReader.read(around.replace("%s", GOOD)).correctAnswer()).isEqualTo("D");
  }

  @Test
  void trailingCommasAndFormulasAreRead() {
    PracticeQuestion read =
        QuestionReader.read(
            GOOD.replace("\"4\"}", "\"4\",}").replace("2x = 8?", "\\(2x = 8\\) \\\\[y\\\\]"));

    assertThat(read.question()).isEqualTo("\\(2x = 8\\) \\[y\\]");
    assertThat(read.options().keySet()).containsExactly("A", "B", "C", "D");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|Generated question missing required fields: ['question', 'options', 'correct_answer', 'explanation']",
        "{\"question\":\"q\",\"options\":[],\"correct_answer\":\"A\",\"explanation\":\" \"}|Generated question missing required fields: ['options', 'explanation']",
        "{\"question\":\"q\",\"options\":{\"A\":\"1\"},\"correct_answer\":\"A\",\"explanation\":\"e\"}|Expected 4 options, got 1",
        "{\"question\":\"q\",\"options\":{\"A\":1,\"B\":2,\"C\":3,\"D\":4},\"correct_answer\":\"X\",\"explanation\":\"e\"}|Correct answer 'X' not in options",
        "I cannot do that.|Failed to parse AI response as JSON: unexpected text at line 1, column 1",
        "[]|Failed to parse AI response as JSON: it is not an object"
      })
  void saysWhatIsWrong(String answer, String complaint) {
    assertThatThrownBy(() -> QuestionReader.read(answer))
        .isInstanceOfSatisfying(
            AttemptException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.BAD_OUTPUT))
        .hasMessage(complaint);
  }
}
