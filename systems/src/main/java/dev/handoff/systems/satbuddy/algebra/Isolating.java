package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;

/// Solves an equation with several unknowns for one of them that occurs only to the first power.
final class Isolating {
  private Isolating() {}

  static Solved solve(Relation equation, String target) {
    Working working = new Working();
    working.step("Start with the equation.", equation.toLatex());
    Polynomial all =
        Quotient.of(equation.left()).whole().minus(Quotient.of(equation.right()).whole());
    if (all.degreeIn(target) != 1) {
      throw new OutOfReachException("I can only solve for an unknown of the first power here.");
    }
    if (all.coefficientOf(target, 1).leading().signum() < 0) {
      all = all.times(Rational.of(-1));
    }
    Polynomial factor = all.coefficientOf(target, 1);
    Polynomial right = all.coefficientOf(target, 0).times(Rational.of(-1));
    Polynomial left = factor.times(Polynomial.of(target));
    working.step(
        "Bring what has \\( " + target + " \\) to the left and the rest to the right.",
        left.toLatex() + " = " + right.toLatex());
    String result = divided(right, factor);
    working.step(
        "Divide both sides by \\( "
            + factor.toLatex()
            + " \\)"
            + (factor.isNumber() ? "." : ", which must not be zero."),
        target + " = " + result);
    return working.answer(target + " = " + result, check(factor, result, right));
  }

  private static String divided(Polynomial top, Polynomial bottom) {
    return bottom.isNumber()
        ? top.times(Rational.ONE.dividedBy(bottom.number())).toLatex()
        : "\\frac{" + top.toLatex() + "}{" + bottom.toLatex() + "}";
  }

  private static Step check(Polynomial factor, String result, Polynomial right) {
    String bare = factor.toLatex();
    boolean isPlain = factor.isNumber() && factor.number().signum() > 0;
    return new Step(
        "Check: multiplied back, it gives the line before.",
        (isPlain ? bare : "\\left(" + bare + "\\right)")
            + " \\cdot \\left("
            + result
            + "\\right) = "
            + right.toLatex());
  }
}
