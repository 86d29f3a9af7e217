package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;

/// Straight lines: through two points, and slope and intercept of an equation.
final class LineWork {
  private LineWork() {}

  record Point(Rational x, Rational y) {
    String toLatex() {
      return "\\left(" + x.toLatex() + ", " + y.toLatex() + "\\right)";
    }
  }

  static Solved through(Point p, Point q) {
    Working working = new Working();
    working.step("The line goes through two points.", p.toLatex() + ", \\quad " + q.toLatex());
    if (p.equals(q)) {
      throw new OutOfReachException("Those two points are the same, so they fix no line.");
    }
    Rational run = q.x().minus(p.x());
    if (run.isZero()) {
      return working.answer(
          "x = " + p.x().toLatex() + " \\text{ (vertical, the slope is undefined)}",
          new Step("Check: both points have the same first coordinate.", "x = " + p.x().toLatex()));
    }
    Rational slope = q.y().minus(p.y()).dividedBy(run);
    working.step(
        "Slope is rise over run.",
        "m = \\frac{%s - %s}{%s - %s} = %s"
            .formatted(
                bracketed(q.y()),
                bracketed(p.y()),
                bracketed(q.x()),
                bracketed(p.x()),
                slope.toLatex()));
    Rational intercept = p.y().minus(slope.times(p.x()));
    working.step(
        "Put the first point into \\( y = mx + b \\) to find the intercept.",
        "b = %s - %s \\cdot %s = %s"
            .formatted(p.y().toLatex(), bracketed(slope), bracketed(p.x()), intercept.toLatex()));
    String line = "y = " + line(slope, intercept).toLatex();
    working.step("So the line is:", line);
    return working.answer(
        "m = %s, \\; b = %s, \\; %s".formatted(slope.toLatex(), intercept.toLatex(), line),
        new Step(
            "Check with the second point.",
            "%s \\cdot %s + %s = %s"
                .formatted(
                    bracketed(slope), bracketed(q.x()), bracketed(intercept), q.y().toLatex())));
  }

  /// Slope and intercepts of a linear equation in x and y.
  static Solved describe(Relation equation) {
    Working working = new Working();
    working.step("Start with the equation.", equation.toLatex());
    Polynomial all =
        Quotient.of(equation.left()).whole().minus(Quotient.of(equation.right()).whole());
    Rational a = all.coefficient("x", 1);
    Rational b = all.coefficient("y", 1);
    if (all.degree() != 1 || b.isZero()) {
      throw new OutOfReachException("That is not a line with a slope that I can read off.");
    }
    Rational slope = a.negate().dividedBy(b);
    Rational intercept = all.number().negate().dividedBy(b);
    working.step(
        "Solve for \\( y \\) to get the form \\( y = mx + b \\).",
        "y = " + line(slope, intercept).toLatex());
    working.step(
        "Read off the slope and the intercept.",
        "m = %s, \\quad b = %s".formatted(slope.toLatex(), intercept.toLatex()));
    Relation atZero = equation.with("x", Rational.ZERO).with("y", intercept);
    return working.answer(
        "\\text{slope } %s, \\; y\\text{-intercept } %s"
            .formatted(slope.toLatex(), intercept.toLatex()),
        new Step(
            "Check: the point \\( \\left(0, " + intercept.toLatex() + "\\right) \\) fits.",
            atZero.toLatex()));
  }

  private static Polynomial line(Rational slope, Rational intercept) {
    return Polynomial.term("x", 1, slope).plus(Polynomial.of(intercept));
  }

  private static String bracketed(Rational value) {
    return value.signum() < 0 ? "\\left(" + value.toLatex() + "\\right)" : value.toLatex();
  }
}
