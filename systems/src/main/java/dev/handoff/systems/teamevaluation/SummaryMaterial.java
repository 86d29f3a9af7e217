package dev.handoff.systems.teamevaluation;

import java.util.List;

/// What may be told of a pupil's feedback outside this process: no names, and not too much.
///
/// @param title of the evaluation
/// @param total how many comments there are
/// @param all every comment that says something without its names
public record SummaryMaterial(String title, int total, List<String> all) {
  private static final int TOLD = 10;
  private static final int LONGEST = 1_500;

  public SummaryMaterial {
    all = List.copyOf(all);
  }

  static SummaryMaterial of(Feedback feedback, Anonymiser names) {
    return new SummaryMaterial(
        names.comment(feedback.evaluation().title()),
        feedback.comments().size(),
        feedback.comments().stream()
            .map(comment -> names.comment(comment.text()))
            .filter(Anonymiser::saysSomething)
            .toList());
  }

  /// The comments as a model is told them.
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("Evaluatie: ").append(title).append('\n');
    text.append("Aantal reacties in totaal: ").append(total).append('\n');
    text.append("Reacties:");
    all.stream()
        .limit(TOLD)
        .forEach(one -> text.append("\n- ").append(Excerpt.of(one, LONGEST, "…")));
    return text.toString();
  }
}
