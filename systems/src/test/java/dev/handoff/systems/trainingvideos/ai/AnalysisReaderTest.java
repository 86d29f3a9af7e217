package dev.handoff.systems.trainingvideos.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.systems.trainingvideos.Analysis;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.Step.Span;
import dev.handoff.systems.trainingvideos.VideoAuthor.Wording;
import dev.handoff.systems.trainingvideos.ai.AnalysisReader.Bounds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What models answer, mended or refused.
final class AnalysisReaderTest {
  private static final Bounds A_MINUTE = new Bounds(60, 10);

  @Test
  void stepsArePutInOrderAndIntoTheVideo() {
    Analysis analysis =
        AnalysisReader.analysis(
            """
            Here you are:
            ```json
            {"title": "T", "description": "D", "transcript": "S", "steps": [
              {"timestamp": "0:45", "title": "C", "description": "c", "duration": 40},
              {"timestamp": 5, "title": "A", "description": "a"},
              {"timestamp": "20 seconds", "title": "B", "duration": "10s"},
              {"timestamp": 99, "title": "Too late"},
              {"timestamp": -1, "title": "Too early"},
              {"timestamp": 3, "title": ""}],}
            ```
            """,
            A_MINUTE);

    assertThat(analysis.steps())
        .extracting(Step::title, Step::span)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", new Span(5, 35)),
            org.assertj.core.groups.Tuple.tuple("B", new Span(20, 30)),
            org.assertj.core.groups.Tuple.tuple("C", new Span(45, 60)));
    assertThat(analysis.byAi()).isTrue();
  }

  @Test
  void thoughtsWordsAndFormulasAreSeenThrough() {
    Analysis analysis =
        AnalysisReader.analysis(
            """
            <think>{"steps": [{"title": "Draft", "timestamp": 1}]}</think>
            Sure! {"result": {"title": "T", "steps": [{"timestamp": 5, "title": "Set \\(\\theta\\)",
              "description": "Line one.\\nLine two, \\frac12."}]}} Anything else?
            """,
            A_MINUTE);

    assertThat(analysis.steps()).extracting(Step::title).containsExactly("Set \\(\\theta\\)");
    assertThat(analysis.steps().getFirst().description())
        .isEqualTo("Line one.\nLine two, \\frac12.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"steps\": []}",
        "{\"steps\": \"x\"}",
        "{\"steps\": [{\"title\": \"x\"}]}",
        "{\"steps\": [{\"title\": \"x\", \"timestamp\": \"soon\"}]}",
        "{\"steps\": [{\"title\": \"x\", \"timestamp\": 1e308}]}"
      })
  void whatHasNoStepIsRefused(String answer) {
    assertThatThrownBy(() -> AnalysisReader.analysis(answer, A_MINUTE))
        .isInstanceOf(AttemptException.class);
  }

  @Test
  void asManyWordingsAsStepsAreTaken() {
    List<Wording> before = List.of(new Wording("A", "a"), new Wording("B", "b"));

    assertThat(
            AnalysisReader.wordings(
                "{\"steps\": [{\"title\": \"X\", \"description\": \"x\"}, {\"title\": \"\"}]}",
                before))
        .containsExactly(new Wording("X", "x"), new Wording("B", "b"));
    for (String steps : List.of("[{\"title\": \"X\"}]", "[{}, {}, {}]", "[]")) {
      assertThatThrownBy(() -> AnalysisReader.wordings("{\"steps\": " + steps + "}", before))
          .isInstanceOf(AttemptException.class);
    }
  }
}
