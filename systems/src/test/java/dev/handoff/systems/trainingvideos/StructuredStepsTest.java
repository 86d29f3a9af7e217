package dev.handoff.systems.trainingvideos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.ai.AiTranscript.Segment;
import dev.handoff.systems.trainingvideos.MaterialViews.StructuredStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How what is said is cut into steps.
final class StructuredStepsTest {
  private static final int MOST = 200;

  @Test
  void aStepEndsWithItsSentence() {
    List<StructuredStep> steps =
        StructuredSteps.of(
            List.of(
                said("Welcome to", 0, 2),
                said("the check.", 2, 4),
                said("Press the button!", 5, 8)),
            MOST);

    assertThat(steps).hasSize(2);
    assertThat(steps.getFirst())
        .isEqualTo(
            new StructuredStep("step_1", "Welcome to the check.", 0, 4, 0.9, 4, 4, "introduction"));
    assertThat(steps.getLast().type()).isEqualTo("instruction");
  }

  @Test
  void aStepEndsAt25Words() {
    List<Segment> endless = new ArrayList<>();
    for (int at = 0; at < 20; at++) {
      endless.add(said("five words without any end", at, at + 1));
    }

    assertThat(StructuredSteps.of(endless, MOST))
        .hasSize(4)
        .allSatisfy(step -> assertThat(step.wordCount()).isEqualTo(25));
  }

  @Test
  void aStepEndsAt30Seconds() {
    List<StructuredStep> steps =
        StructuredSteps.of(
            List.of(said("slow", 0, 15), said("slower", 15, 31), said("next", 31, 40)), MOST);

    assertThat(steps).extracting(StructuredStep::end).containsExactly(31.0, 40.0);
  }

  @Test
  void whatIsUnsureOrTooShortIsLeftOut() {
    List<StructuredStep> steps =
        StructuredSteps.of(
            List.of(
                new Segment("Mumbled words here.", 0, 5, 0.59),
                said("Quick.", 5, 6.9),
                said("Long enough to be seen.", 7, 9)),
            MOST);

    assertThat(steps).extracting(StructuredStep::text).containsExactly("Long enough to be seen.");
  }

  @Test
  void thereAreNoMoreThanAllowed() {
    List<Segment> many = new ArrayList<>();
    for (int at = 0; at < 50; at++) {
      many.add(said("One more sentence.", at * 3, at * 3 + 3));
    }

    assertThat(StructuredSteps.of(many, 10)).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({
    "'Short. This sentence has a good length. Another.', This sentence has a good length",
    "'Too short', Step 7: Training Process"
  })
  void theTitleIsTheFirstSentenceThatFits(String text, String title) {
    assertThat(StructuredSteps.title(text, 7)).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource({
    "Welcome back everyone, INTRODUCTION",
    "Click the green icon, INSTRUCTION",
    "We are dragging it over, GENERAL",
    "Now scroll down, INSTRUCTION",
    "I will show you how, DEMONSTRATION",
    "In conclusion it works, SUMMARY",
    "The weather is fine, GENERAL"
  })
  void theTypeFollowsFromTheWords(String text, StepType type) {
    assertThat(StepType.of(text, false)).isEqualTo(type);
    assertThat(StepType.of(text, true)).isEqualTo(StepType.INTRODUCTION);
  }

  private static Segment said(String text, double start, double end) {
    return new Segment(text, start, end, 0.9);
  }
}
