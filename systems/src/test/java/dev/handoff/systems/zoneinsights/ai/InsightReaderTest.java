package dev.handoff.systems.zoneinsights.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.systems.zoneinsights.Checkpoint;
import dev.handoff.systems.zoneinsights.Sheets;
import dev.handoff.systems.zoneinsights.SubjectSheet;
import dev.handoff.systems.zoneinsights.Zones;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made of a model's JSON, good or bad.
final class InsightReaderTest {
  private static final SubjectSheet SHEET = Sheets.physics("BAA-", "BB");

  @Test
  void fencesComeOffLongZonesAreCutAndShortOnesFilled() {
    Zones zones =
        InsightReader.zones(
            """
            Here:
            ```json
            {"steady_zone": ["**One** good", "two", "three",], "edge_zone": ["only one"],
             "focus_zone": "a text"}
            ```
            """,
            SHEET);

    assertThat(zones.steady()).containsExactly("One good", "two");
    assertThat(zones.edge()).hasSize(2).first().isEqualTo("only one");
    assertThat(zones.focus().getFirst()).isEqualTo("a text");
    assertThat(zones.focus().getLast()).contains("Kinematics");
  }

  @Test
  void formulasKeepTheirBackslashesBehindThoughtsAndWords() throws Exception {
    String written;
    try (var in =
        InsightReaderTest.class.getResourceAsStream("/cases/model-texts/insights_latex.txt")) {
      written = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String around :
        List.of(
            "%s",
            "<think>{\"steady_zone\": [\"draft\"]}</think>\nHere:\n```json\n%s\n```\nDone.")) {
      Zones zones = InsightReader.zones(around.replace("%s", written), SHEET);

      assertThat(zones.steady().getFirst())
          .startsWith("You used \\(E = \\frac{1}{2}mv^2\\)")
          .contains("\\(v \\neq 0\\)");
      assertThat(zones.focus().getFirst()).contains("\\alpha");
    }
  }

  @Test
  void whatHasTooManyWordsIsCutAfterASentenceWhereThereIsOne() {
    String sixteen = "w ".repeat(15) + "end.";
    String endless = "w ".repeat(40).strip();
    Zones zones =
        InsightReader.zones(
            "{\"steady_zone\": [\"%s %s\", \"%s\"]}".formatted(sixteen, endless, endless), SHEET);

    assertThat(zones.steady()).containsExactly(sixteen, "w ".repeat(25).strip() + "…");
    Checkpoint first =
        InsightReader.checkpoints(
                "[{\"topic\": \"Optics\", \"checklist\": \"%s\", \"action_plan\": \"short\"}]"
                    .formatted(endless),
                SHEET)
            .both()
            .getFirst();
    assertThat(first.checklist()).isEqualTo("w ".repeat(15).strip() + "…");
    assertThat(first.actionPlan()).isEqualTo("short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no json", "[", "{\"steady_zone\": []}", "42", "{\"zones\": {}}", "null"})
  void whatHasNoZonesIsBadOutput(String answer) {
    assertThatThrownBy(() -> InsightReader.zones(answer, SHEET))
        .isInstanceOfSatisfying(
            AttemptException.class,
            bad -> assertThat(bad.kind()).isEqualTo(FailureKind.BAD_OUTPUT));
  }

  @Test
  void aCheckpointsNumbersAreTheTests() {
    Checkpoint.Pair pair =
        InsightReader.checkpoints(
            """
            [{"topic": "kinematics", "subject": "Chemistry", "subtopic": "Speed", "accuracy": 99,
              "checklist": "Mixed up speed and distance.", "action_plan": "Draw it first.",
              "citation": [2, 2, 99, "3", null, 1, 4, 5, 6]},
             {"topic": "", "checklist": "x", "action_plan": "y"},
             {"topic": "Waves", "accuracy": 60, "checklist": "a", "action_plan": "b",
              "citation": []}]
            """,
            SHEET);

    Checkpoint first = pair.both().getFirst();
    assertThat(first.topic()).isEqualTo("Kinematics");
    assertThat(first.subject()).isEqualTo("Physics");
    assertThat(first.accuracy()).isEqualTo(0.25);
    assertThat(first.citation()).containsExactly(2, 3, 1, 4, 5);
    assertThat(pair.both().getLast().accuracy()).isEqualTo(0.6);
    assertThat(pair.both().getLast().citation()).isEmpty();
  }

  @Test
  void oneCheckpointIsFilledUpToTwo() {
    Checkpoint.Pair pair =
        InsightReader.checkpoints(
            "{\"checkpoints\": [{\"topic\": \"Optics\", \"checklist\": \"a\","
                + " \"action_plan\": \"b\"}]}",
            SHEET);

    assertThat(pair.both()).extracting(Checkpoint::topic).containsExactly("Optics", "Kinematics");
    assertThat(pair.both().getFirst().citation()).isEqualTo(List.of(5, 6));
  }
}
