package dev.handoff.systems.zoneinsights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradingTest {
  @Test
  void fourForRightOneOffForWrongNothingForNone() {
    Grading.Counts counts = Grading.count(Sheets.answered(Sheets.KINEMATICS, 1, "BBA-"));

    assertThat(counts).isEqualTo(new Grading.Counts(2, 1, 1));
    assertThat(counts.marks()).isEqualTo(7);
    assertThat(counts.most()).isEqualTo(16);
    assertThat(counts.percentCorrect()).isEqualTo(50.0);
    assertThat(counts.score()).isEqualTo(43.75);
  }

  @Test
  void aSubjectsScoreIsNeverNegativeAndLeftOutQuestionsCostNothing() {
    assertThat(Grading.count(Sheets.answered(Sheets.OPTICS, 1, "AAA")).score()).isZero();
    assertThat(Grading.count(Sheets.answered(Sheets.OPTICS, 1, "B---")).score()).isEqualTo(25.0);
    assertThat(Grading.score(Sheets.answered(Sheets.OPTICS, 1, "B"), 5).subjects())
        .containsOnlyKeys(Subject.PHYSICS);
  }

  @ParameterizedTest
  @CsvSource({
    "5.04, 5.04, true",
    "5.04, 5.05, true",
    "5.04, 5.03, true",
    "5.04, 5.06, false",
    "2, ' 2.0 ', true",
    "2, 2e0, true",
    "2, two, false",
    "Oxygen, ' oxygen', true",
    "Oxygen, ozone, false",
    "2, 1e999, false",
    "2, NaN, false"
  })
  void valuesAreComparedAsNumbersElseAsWords(String right, String given, boolean is) {
    assertThat(Grading.isRight(Sheets.value(right), given.strip())).contains(is);
  }

  @Test
  void nothingGivenIsNeitherRightNorWrong() {
    assertThat(Grading.isRight(Sheets.value("2"), "  ")).isEmpty();
    assertThat(Grading.isRight(Sheets.choice(1, Sheets.OPTICS), "")).isEmpty();
  }

  @Test
  void theClientsTimesCountWhereTheyMakeSense() {
    Instant ten = Instant.parse("2026-01-01T10:00:00Z");
    Optional<Instant> start = Optional.of(ten);
    Optional<Instant> end = Optional.of(ten.plusMillis(310_900));

    assertThat(new Grading.ClientTimes(start, end).secondsOr(ten, ten.plusSeconds(9)))
        .isEqualTo(310);
    assertThat(new Grading.ClientTimes(end, start).secondsOr(ten, ten.plusSeconds(9))).isEqualTo(9);
    assertThat(new Grading.ClientTimes(start, Optional.empty()).secondsOr(ten, ten.plusSeconds(9)))
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({
    "Physics, PHYSICS",
    "Chemical sciences, CHEMISTRY",
    "Plant life, BOTANY",
    "Animal kingdom, ZOOLOGY",
    "Biology, BIOLOGY",
    "Mathematics, MATH",
    "Algebra, MATH",
    "Geometry, MATH"
  })
  void subjectsAreCountedUnderOneName(String name, Subject subject) {
    assertThat(Subject.of(name)).contains(subject);
    assertThat(Subject.of("History")).isEmpty();
  }
}
