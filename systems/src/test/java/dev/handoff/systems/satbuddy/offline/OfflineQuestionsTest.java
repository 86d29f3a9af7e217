package dev.handoff.systems.satbuddy.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class OfflineQuestionsTest {
  private static final OfflineQuestions QUESTIONS = OfflineQuestions.shipped();
  private static final int SEEDS = 40;

  static List<String> mathTopics() {
    return MathTopics.all().stream().map(QuestionTopic::name).toList();
  }

  static List<String> topics() {
    return QUESTIONS.topics();
  }

  @ParameterizedTest
  @MethodSource("mathTopics")
  void theMarkedOptionIsTheOnlyRightOne(String topic) {
    for (Difficulty difficulty : Difficulty.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        PracticeQuestion question = QUESTIONS.ask(topic, difficulty, new Random(seed));

        assertThat(MathQuestionRules.rightOptions(question))
            .as("%s %s seed %d: %s", topic, difficulty, seed, question)
            .containsExactly(question.correctOption());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void everyQuestionIsCompleteAndReadsWell(String topic) {
    for (Difficulty difficulty : Difficulty.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        PracticeQuestion question = QUESTIONS.ask(topic, difficulty, new Random(seed));
        String all = question.question() + question.options() + question.explanation();

        assertThat(question.options().keySet()).containsExactly("A", "B", "C", "D");
        assertThat(Set.copyOf(question.options().values())).hasSize(4);
        assertThat(question.explanation())
            .as("options are mixed, so none may be spoken of by its place")
            .hasSizeGreaterThan(30)
            .doesNotContainPattern("(first|second|third|fourth|last) (option|choice|finding)")
            .doesNotContainPattern("[Oo]ption [A-D]\\b");
        assertThat(all)
            .as("%s %s seed %d", topic, difficulty, seed)
            .doesNotContain("+ -", "- -", "null", " -- ", "$", " 1x", "(1x", "%d", "%s");
        assertThat(all.split("\\\\\\(", -1).length).isEqualTo(all.split("\\\\\\)", -1).length);
      }
    }
  }

  @Test
  void theRightAnswerIsEverywhereAndQuestionsDiffer() {
    Set<String> letters = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      PracticeQuestion question =
          QUESTIONS.ask("linear equations", Difficulty.MEDIUM, new Random(seed));
      letters.add(question.correctAnswer());
      texts.add(question.question());
    }

    assertThat(letters).containsExactlyInAnyOrder("A", "B", "C", "D");
    assertThat(texts).hasSizeGreaterThan(180);
  }

  @Test
  void theSameRandomnessGivesTheSameQuestion() {
    assertThat(QUESTIONS.ask("math", Difficulty.HARD, new Random(5)))
        .isEqualTo(QUESTIONS.ask("math", Difficulty.HARD, new Random(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          linear equations             | what is the value of|value of \\( x \\)
          Solving linear equations     | what is the value of|value of \\( x \\)
          the mean                     | mean|median
          pythagorean theorem          | angle
          commas and semicolons        | conventions of Standard English
          words in context             | logical and precise word|most nearly mean
          slope of a line              | slope
          """)
  void freeWordsFindTheirTopic(String words, String anyOf) {
    PracticeQuestion question = QUESTIONS.ask(words, Difficulty.EASY, new Random(1));

    assertThat(question.question()).containsPattern(java.util.regex.Pattern.compile(quoted(anyOf)));
    assertThat(question.explanation()).doesNotContain("I have no offline questions");
  }

  @Test
  void wholePartsOfTheTestGiveAnyOfTheirTopics() {
    Set<String> asked = new HashSet<>();
    for (int seed = 0; seed < 60; seed++) {
      asked.add(QUESTIONS.ask("Reading", Difficulty.MEDIUM, new Random(seed)).question());
    }

    assertThat(asked).hasSizeGreaterThan(4).allMatch(question -> question.contains("?"));
  }

  @Test
  void aTopicWithoutQuestionsGivesOneNearbyAndSaysSo() {
    PracticeQuestion question = QUESTIONS.ask("trigonometry", Difficulty.EASY, new Random(1));

    assertThat(question.explanation())
        .contains("no offline questions on exactly that topic")
        .contains("Geometry and Trigonometry");
  }

  @Test
  void anUnknownTopicFailsWithTheListOfTopics() {
    String topic = "the history of the Roman empire " + "x".repeat(500);

    assertThatThrownBy(() -> QUESTIONS.ask(topic, Difficulty.EASY, new Random(1)))
        .isInstanceOfSatisfying(
            AttemptException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
              assertThat(failure.message()).contains("linear equations, ").hasSizeLessThan(700);
            });
  }

  @Test
  void theBanksAreLargeEnough() {
    assertThat(SatNotes.bank("reading").items()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(SatNotes.bank("writing").items()).hasSizeGreaterThanOrEqualTo(20);
    assertThatThrownBy(() -> QuestionBank.parse("# a | easy\ntext\n? q\n+ r\n- w\n! e"))
        .hasMessageContaining("# a | easy");
  }

  private static String quoted(String alternatives) {
    return java.util.Arrays.stream(alternatives.split("\\|", -1))
        .map(java.util.regex.Pattern::quote)
        .collect(java.util.stream.Collectors.joining("|"));
  }
}
