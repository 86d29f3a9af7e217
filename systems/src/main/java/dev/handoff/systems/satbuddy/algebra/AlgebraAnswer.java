package dev.handoff.systems.satbuddy.algebra;

import java.util.List;
import java.util.stream.Collectors;

/// What became of a question of algebra.
public sealed interface AlgebraAnswer {

  /// Solved: the steps in order, the answer in LaTeX without delimiters, and a check that puts the
  /// answer back into the question.
  record Solved(List<Step> steps, String answer, Step check) implements AlgebraAnswer {
    public Solved {
      steps = List.copyOf(steps);
    }

    /// The whole working as markdown with `\[ … \]` and `\( … \)`.
    public String toMarkdown() {
      String working = steps.stream().map(Step::toMarkdown).collect(Collectors.joining("\n\n"));
      return working + "\n\n**Answer:** \\( " + answer + " \\)\n\n" + check.toMarkdown();
    }
  }

  /// Not a question that this algebra can answer, with the reason in words for a pupil.
  record NotUnderstood(String reason) implements AlgebraAnswer {}
}
