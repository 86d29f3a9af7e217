package dev.handoff.systems.satbuddy.algebra;

import java.util.ArrayList;
import java.util.List;

/// The steps of one solution while it is being worked out. Confined to one thread.
final class Working {
  private final List<Step> steps = new ArrayList<>();

  /// Adds a step, unless it shows the same formula as the step before.
  Working step(String sentence, String latex) {
    if (steps.isEmpty() || !steps.getLast().latex().equals(latex)) {
      steps.add(new Step(sentence, latex));
    }
    return this;
  }

  AlgebraAnswer.Solved answer(String latex, Step check) {
    return new AlgebraAnswer.Solved(steps, latex, check);
  }

  /// What both sides of a relation come to when the unknown has this value.
  static Step substituted(Relation relation, String unknown, Rational value) {
    String is = relation.isEquation() ? "both sides agree" : "the statement is true";
    return new Step(
        "Check: put \\( " + unknown + " = " + value.toLatex() + " \\) back in; " + is + ".",
        compared(relation.with(unknown, value)));
  }

  /// Both sides of a relation between numbers, worked out: `2 \cdot 4 + 3 = 11`.
  static String compared(Relation filled) {
    String left = sideValue(filled.left());
    String right = Quotient.number(filled.right()).toLatex();
    String sign = " " + filled.sign().latex() + " ";
    if (filled.right().toLatex().equals(right) || filled.right() instanceof Expr.Num) {
      boolean said = filled.isEquation() && left.contains(" = ");
      return said ? left : left + sign + right;
    }
    if (!left.contains(" = ")) {
      return left + sign + sideValue(filled.right());
    }
    return left + ", \\quad " + sideValue(filled.right());
  }

  private static String sideValue(Expr side) {
    String written = side.toLatex();
    String value = Quotient.number(side).toLatex();
    return written.equals(value) ? written : written + " = " + value;
  }
}
