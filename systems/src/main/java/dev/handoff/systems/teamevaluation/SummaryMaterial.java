package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.names.Anonymiser;
import dev.handoff.systems.teamevaluation.names.NamelessText;
import java.util.List;

/// What may be told of a pupil's feedback outside this process: no names, and not too much.
///
/// @param title of the evaluation
/// @param total how many comments there are
/// @param all every comment that says something without its names
public record SummaryMaterial(NamelessText title, int total, List<NamelessText> all) {
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
            .filter(NamelessText::saysSomething)
            .toList());
  }

  /// The comments as a model is told them.
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("Evaluatie: ").append(title.text()).append('\n');
    text.append("Aantal reacties in totaal: ").append(total).append('\n');
    text.append("Reacties:");
    all.stream()
        .limit(TOLD)
        .forEach(one -> text.append("\n- ").append(Excerpt.of(one.text(), LONGEST, "…")));
    return text.toString();
  }
}
