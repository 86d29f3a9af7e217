package dev.handoff.systems.zoneinsights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the rules make of answers, without any model.
final class InsightRulesTest {
  @Test
  void accuracyDecidesTheZone() {
    SubjectSheet sheet = Sheets.physics("BBBBBBBAAA", "BA");

    Zones zones = ZoneRules.of(sheet);

    assertThat(zones.steady())
        .allMatch(point -> point.contains("Kinematics") && point.contains("7 of 10"));
    assertThat(zones.edge().getFirst()).contains("Optics", "1 of 2 right", "10 s a question");
    assertThat(zones.focus().getFirst())
        .contains("not enough data in this test; complete more questions");
    assertThat(zones.focus()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void topicsWithMoreQuestionsComeFirst() {
    Zones zones = ZoneRules.of(Sheets.physics("AA", "AAAB"));

    assertThat(zones.focus().getFirst()).startsWith("Optics: 1 of 4");
    assertThat(zones.focus().getLast()).startsWith("Kinematics: 0 of 2");
  }

  @Test
  void aCheckpointNamesTheMisconceptionBehindTheChosenOption() {
    Checkpoint.Pair pair = CheckpointRules.of(Sheets.physics("CAB-", "BB"));

    Checkpoint worst = pair.both().getFirst();
    assertThat(worst.topic()).isEqualTo("Kinematics");
    assertThat(worst.subtopic()).isEqualTo("Mechanics");
    assertThat(worst.accuracy()).isEqualTo(0.25);
    assertThat(worst.checklist())
        .isEqualTo("Missed 3 of 4 here, and question 2 suggests why: Forgot the factor 2.");
    assertThat(worst.actionPlan()).contains("question 2", "Because it is two.");
    assertThat(worst.citation()).containsExactly(1, 2, 4);
  }

  @Test
  void thereAreAlwaysTwoCheckpoints() {
    for (SubjectSheet sheet :
        List.of(
            Sheets.physics("B", ""),
            Sheets.physics("-", ""),
            Sheets.physics("BBBB", "BB"),
            Sheets.physics("", ""))) {
      assertThat(CheckpointRules.of(sheet).both()).hasSize(2);
    }
    assertThat(CheckpointRules.of(Sheets.physics("BB", "B")).both())
        .allMatch(mastered -> mastered.accuracy() == 1.0);
  }

  @Test
  void everySentenceHasAsManyWordsAsItShould() {
    List<String> points = new ArrayList<>();
    List<String> hints = new ArrayList<>();
    QuestionBank bank = QuestionBank.shipped();
    for (Topic topic : bank.topics()) {
      for (Question question : bank.questions()) {
        if (question.topic().equals(topic)) {
          for (String letter : List.of("A", "B", "C", "D", "-")) {
            SubjectSheet sheet =
                new SubjectSheet(Subject.PHYSICS, Sheets.answeredOne(question, letter));
            Zones zones = ZoneRules.of(sheet);
            points.addAll(zones.steady());
            points.addAll(zones.edge());
            points.addAll(zones.focus());
            for (Checkpoint checkpoint : CheckpointRules.of(sheet).both()) {
              hints.add(checkpoint.checklist());
              hints.add(checkpoint.actionPlan());
            }
          }
        }
      }
    }
    for (Checkpoint checkpoint : CheckpointRules.general(Subject.MATH).both()) {
      hints.add(checkpoint.checklist());
      hints.add(checkpoint.actionPlan());
    }

    assertThat(points)
        .filteredOn(point -> !point.contains("not enough data in this test"))
        .isNotEmpty()
        .allMatch(WordLimit.POINT::holds);
    assertThat(hints).hasSizeGreaterThan(100).allMatch(WordLimit.CHECKPOINT::holds);
  }

  @Test
  void theFallbackKnowsNothingInParticular() {
    assertThat(CheckpointRules.general(Subject.BOTANY).both())
        .extracting(Checkpoint::subtopic, Checkpoint::accuracy, Checkpoint::citation)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("General concepts", 0.5, List.of()),
            org.assertj.core.groups.Tuple.tuple("Problem-solving", 0.5, List.of()));
  }
}
