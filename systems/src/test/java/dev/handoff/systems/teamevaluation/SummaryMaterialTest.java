package dev.handoff.systems.teamevaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.teamevaluation.Feedback.Comment;
import dev.handoff.systems.teamevaluation.Member.Group;
import dev.handoff.systems.teamevaluation.Member.Part;
import dev.handoff.systems.teamevaluation.Member.School;
import dev.handoff.systems.teamevaluation.names.Anonymiser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What of a pupil's feedback a model is told.
final class SummaryMaterialTest {
  private static final School SCHOOL = new School(1, "school-1");
  private static final Member SANNE =
      new Member(456, SCHOOL, null, "Sanne de Vries", Part.STUDENT, new Group("3HA", 1));

  @Test
  void tellsTheFirstTenCommentsTheirNumberAndTheTitleWithoutNames() {
    List<Comment> comments =
        IntStream.rangeClosed(1, 14)
            .mapToObj(i -> new Comment(i == 3 ? "Sanne!" : "Sanne zegt " + i, 1))
            .toList();

    String told = material("Debat met Sanne", comments).text();

    // The third is only a name.
    assertThat(told.lines())
        .containsExactly(
            "Evaluatie: Debat met [...]",
            "Aantal reacties in totaal: 14",
            "Reacties:",
            "- [...] zegt 1",
            "- [...] zegt 2",
            "- [...] zegt 4",
            "- [...] zegt 5",
            "- [...] zegt 6",
            "- [...] zegt 7",
            "- [...] zegt 8",
            "- [...] zegt 9",
            "- [...] zegt 10",
            "- [...] zegt 11");
  }

  @Test
  void tellsOfALongCommentOnlyTheBeginning() {
    String told = material("x", List.of(new Comment("a".repeat(1_498) + "🙂🙂", 1))).text();

    assertThat(told).endsWith("aaa…").doesNotContain("🙂");
    assertThat(told.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static SummaryMaterial material(String title, List<Comment> comments) {
    Evaluation evaluation =
        new Evaluation(123, SCHOOL, title, "peer", Evaluation.Status.OPEN, null);
    return SummaryMaterial.of(
        new Feedback(evaluation, SANNE, comments), Anonymiser.of(List.of(SANNE.name()), List.of()));
  }
}
