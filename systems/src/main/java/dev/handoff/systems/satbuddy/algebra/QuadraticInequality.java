package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import dev.handoff.systems.satbuddy.algebra.Relation.Sign;

/// Solves a quadratic inequality: turned so that its parabola opens upwards, it is negative between
/// its zeros and positive outside.
record QuadraticInequality(Relation relation, String unknown, Working working) {
  /// Solves `all sign 0`, where `all` is the left side less the right side of the relation.
  Solved solve(Polynomial all) {
    boolean turned = all.coefficient(unknown, 2).signum() < 0;
    Rational scale = turned ? all.content().negate() : all.content();
    Polynomial upwards = all.times(Rational.ONE.dividedBy(scale));
    Sign sign = turned ? relation.sign().flipped() : relation.sign();
    working.step("Bring everything to one side.", show(all, relation.sign()));
    working.step(
        "Divide by \\( "
            + scale.toLatex()
            + (turned ? " \\), which is negative, so the sign turns around." : " \\)."),
        show(upwards, sign));
    QuadraticRoots roots = QuadraticRoots.of(upwards, unknown);
    working.step("Where is it zero? Look at the discriminant.", roots.discriminantLatex());
    return switch (roots.discriminant().signum()) {
      case -1 -> withoutRoots(sign);
      case 0 -> withDoubleRoot(upwards, sign);
      default -> withTwoRoots(roots, upwards, sign);
    };
  }

  private Solved withoutRoots(Sign sign) {
    working.step(
        "It is never zero, and the parabola opens upwards, so it is always positive.",
        "\\text{always} > 0");
    return working.answer(
        sign.isUpwards() ? InequalitySolver.EVERY_NUMBER : InequalitySolver.NO_SOLUTION,
        new Step("Check at \\( " + unknown + " = 0 \\).", valueAt(Rational.ZERO)));
  }

  private Solved withDoubleRoot(Polynomial upwards, Sign sign) {
    Rational root = Factoring.of(upwards, unknown).roots().getFirst();
    String is = unknown + " = " + root.toLatex();
    working.step("It touches zero only once and is positive elsewhere.", is);
    String answer =
        switch (sign) {
          case LESS -> InequalitySolver.NO_SOLUTION;
          case AT_MOST, EQUAL -> is;
          case GREATER -> unknown + " \\ne " + root.toLatex();
          case AT_LEAST -> InequalitySolver.EVERY_NUMBER;
        };
    return working.answer(answer, new Step("Check at \\( " + is + " \\).", valueAt(root)));
  }

  private Solved withTwoRoots(QuadraticRoots roots, Polynomial upwards, Sign sign) {
    Factoring factoring = Factoring.of(upwards, unknown);
    boolean rational = factoring.isComplete();
    String low = rational ? factoring.roots().getFirst().toLatex() : roots.rootsLatex("-");
    String high = rational ? factoring.roots().getLast().toLatex() : roots.rootsLatex("+");
    working.step(
        "It is zero at two places.",
        "%s = %s, \\quad %s = %s".formatted(unknown, low, unknown, high));
    working.step(
        "The parabola opens upwards: it is negative between them and positive outside.",
        show(upwards, sign));
    String below = sign == Sign.LESS || sign == Sign.GREATER ? "<" : "\\le";
    String above = below.equals("<") ? ">" : "\\ge";
    String answer =
        sign.isUpwards()
            ? "%s %s %s \\text{ or } %s %s %s".formatted(unknown, below, low, unknown, above, high)
            : "%s %s %s %s %s".formatted(low, below, unknown, below, high);
    return working.answer(answer, checkInTheMiddle(upwards));
  }

  private Step checkInTheMiddle(Polynomial upwards) {
    Rational twice = upwards.coefficient(unknown, 2).times(Rational.of(2));
    Rational middle = upwards.coefficient(unknown, 1).negate().dividedBy(twice);
    Relation filled = relation.with(unknown, middle);
    int compared = Quotient.number(filled.left()).compareTo(Quotient.number(filled.right()));
    boolean holds = relation.sign().holds(compared);
    return new Step(
        "Check halfway between them, at \\( %s = %s \\): the inequality is %s there."
            .formatted(unknown, middle.toLatex(), holds ? "true" : "false, as it should be"),
        valueAt(middle));
  }

  private String valueAt(Rational value) {
    Relation filled = relation.with(unknown, value);
    String left = filled.left().toLatex() + " = " + Quotient.number(filled.left()).toLatex();
    return filled.right() instanceof Expr.Num
        ? left
        : left
            + ", \\quad "
            + filled.right().toLatex()
            + " = "
            + Quotient.number(filled.right()).toLatex();
  }

  private static String show(Polynomial left, Sign sign) {
    return left.toLatex() + " " + sign.latex() + " 0";
  }
}
