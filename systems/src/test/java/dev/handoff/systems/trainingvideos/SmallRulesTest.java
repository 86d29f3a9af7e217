package dev.handoff.systems.trainingvideos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.FailureKind;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.systems.trainingvideos.BasicSteps.Known;
import dev.handoff.systems.trainingvideos.Step.Span;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;

/// Words from speech, steps from nothing.
final class SmallRulesTest {
  @ParameterizedTest
  @CsvSource({
    "okay so um you press the button, Press the button.",
    "'and then you have to pull it, you know', Pull it.",
    "'We can see it. now you are there', See it. You are there.",
    "Push it., Push it.",
    "um, um"
  })
  void spokenWordsBecomeWrittenOnes(String said, String written) {
    assertThat(PlainWording.of(said)).isEqualTo(written);
  }

  @Test
  void withoutScenesThePartsAreEqual() {
    assertThat(spans(new Known(150, List.of(), List.of())))
        .containsExactly(
            new Span(0, 30),
            new Span(30, 60),
            new Span(60, 90),
            new Span(90, 120),
            new Span(120, 150));
    assertThat(spans(new Known(9, List.of(), List.of())))
        .containsExactly(new Span(0, 3), new Span(3, 6), new Span(6, 9));
  }

  @Test
  void scenesThatNobodyCouldFollowAreLeftOut() {
    assertThat(spans(new Known(20, List.of(0.5, 8.0, 8.5, 14.0, 19.5), List.of())))
        .containsExactly(new Span(0, 8), new Span(8, 14), new Span(14, 20));
  }

  @Test
  void whereNothingIsKnownThereIsAStartToEdit() {
    Analysis analysis = BasicSteps.of(new Known(0, List.of(), List.of()), "");

    assertThat(analysis.title()).isEqualTo("Training Module");
    assertThat(analysis.steps())
        .extracting(Step::title)
        .containsExactly("Introduction", "Main Content", "Summary");
  }

  @Test
  void questionsAreAnsweredByTheirWords() {
    List<Step> steps =
        List.of(
            Step.made("step_1", new Span(0, 8), "Look at the panel", "All lamps are off."),
            Step.made("step_2", new Span(8, 14), "Raise the fork", "Pull the lever."));

    assertThat(answer("What comes next?", steps, 0))
        .startsWith("Next is step 2, “Raise the fork” (at 0:08).");
    assertThat(answer("and next?", steps, 1)).isEqualTo("This is the last step.");
    assertThat(answer("what was the previous one?", steps, 1))
        .startsWith("Before this comes step 1");
    assertThat(answer("Which lever?", steps, 0)).startsWith("That is in step 2");
    assertThat(answer("How long is it?", steps, 0))
        .isEqualTo("The module has 2 steps and lasts 0:14.");
    assertThat(answer("What about penguins?", steps, 0)).startsWith("The steps do not say that.");
    assertThat(answer("next", List.of(), -1)).startsWith("This module has no steps yet");
  }

  @Test
  void aVideoIsTriedThreeTimesTwoAndSixSecondsApartForTenMinutesEach() {
    TrainingTasks usual =
        new Binder().bindOrCreate("handoff.systems.training-videos", TrainingTasks.class);

    Policy policy = usual.type().policy();

    RetryPolicy retry = policy.retry();
    assertThat(retry.delayAfter(1, FailureKind.ERROR, new Random(1)))
        .contains(Duration.ofSeconds(2));
    assertThat(retry.delayAfter(2, FailureKind.TIMEOUT, new Random(1)))
        .contains(Duration.ofSeconds(6));
    assertThat(retry.delayAfter(3, FailureKind.ERROR, new Random(1))).isEmpty();
    assertThat(policy.limits().hard()).isEqualTo(Duration.ofMinutes(10));
  }

  private static String answer(String words, List<Step> steps, int current) {
    return KeywordAnswers.to(new Question(words, steps, current, 0, ""));
  }

  private static List<Span> spans(Known known) {
    return BasicSteps.of(known, "").steps().stream().map(Step::span).toList();
  }
}
