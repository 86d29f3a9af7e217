package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;

/// Writes an expression with unknowns in another form: expanded, simplified or factored.
final class Rewriting {
  private static final Rational TEST_VALUE = Rational.of(2);

  private Rewriting() {}

  static Solved expand(Expr expr) {
    Working working = new Working();
    working.step("Start with the expression.", expr.toLatex());
    Quotient value = Quotient.of(expr);
    Polynomial result = value.isWhole() ? value.top() : divided(working, value);
    working.step("Multiply out and combine like terms.", result.toLatex());
    return working.answer(result.toLatex(), check(expr, result.toLatex(), result));
  }

  private static Polynomial divided(Working working, Quotient value) {
    if (value.top().variables().size() > 1 || value.bottom().variables().size() > 1) {
      throw new OutOfReachException("I can only cancel fractions with one unknown offline.");
    }
    String unknown = value.bottom().variables().iterator().next();
    Factoring top = Factoring.of(value.top(), unknown);
    Factoring bottom = Factoring.of(value.bottom(), unknown);
    working.step(
        "Factor top and bottom.", "\\frac{" + top.toLatex() + "}{" + bottom.toLatex() + "}");
    Polynomial rest = value.top();
    for (Rational root : bottom.roots()) {
      rest = withoutFactor(rest, unknown, root);
    }
    if (!bottom.isComplete()) {
      throw new OutOfReachException("That fraction does not cancel to a polynomial.");
    }
    Rational number = bottom.content().times(bottom.rest().number());
    Polynomial scale = Polynomial.of(number);
    for (Rational root : bottom.roots()) {
      scale = scale.times(new Rational(root.denominator(), java.math.BigInteger.ONE));
    }
    return rest.times(Rational.ONE.dividedBy(scale.number()));
  }

  /// Divides by `unknown - root`; refuses when that leaves a remainder.
  private static Polynomial withoutFactor(Polynomial from, String unknown, Rational root) {
    Polynomial quotient = Polynomial.ZERO;
    Rational carry = Rational.ZERO;
    for (int power = from.degreeIn(unknown); power > 0; power--) {
      carry = carry.times(root).plus(from.coefficient(unknown, power));
      quotient = quotient.plus(Polynomial.term(unknown, power - 1, carry));
    }
    if (!carry.times(root).plus(from.number()).isZero()) {
      throw new OutOfReachException("That fraction does not cancel to a polynomial.");
    }
    return quotient;
  }

  static Solved factor(Expr expr) {
    Working working = new Working();
    working.step("Start with the expression.", expr.toLatex());
    Polynomial polynomial = Quotient.of(expr).whole();
    if (polynomial.variables().size() != 1) {
      throw new OutOfReachException("I can only factor expressions with one unknown offline.");
    }
    working.step("Multiply out and combine like terms.", polynomial.toLatex());
    Factoring factoring = Factoring.of(polynomial, polynomial.variables().iterator().next());
    if (!factoring.content().isOne()) {
      Polynomial inside = polynomial.times(Rational.ONE.dividedBy(factoring.content()));
      working.step(
          "Take out the common factor.",
          factoring.content().toLatex() + "\\left(" + inside.toLatex() + "\\right)");
    }
    if (factoring.isWhole()) {
      working.step(
          "It has no rational zeros, so it does not factor further over the whole numbers.",
          "\\text{no further factors: } " + polynomial.toLatex());
      return working.answer(polynomial.toLatex(), check(expr, polynomial.toLatex(), polynomial));
    }
    working.step("Find the zeros; each gives a factor.", factoring.toLatex());
    return working.answer(factoring.toLatex(), check(expr, factoring.toLatex(), polynomial));
  }

  /// Both forms must have the same value at some number; unknowns become 2.
  private static Step check(Expr expr, String resultLatex, Polynomial result) {
    Expr filled = expr;
    Polynomial value = result;
    for (String unknown : expr.variables()) {
      filled = filled.with(unknown, TEST_VALUE);
      value = value.with(unknown, TEST_VALUE);
    }
    String names = String.join(" = ", expr.variables());
    try {
      return new Step(
          "Check with \\( "
              + names
              + " = 2 \\): the start and the result \\( "
              + resultLatex
              + " \\) have the same value.",
          filled.toLatex()
              + " = "
              + Quotient.number(filled).toLatex()
              + " = "
              + value.number().toLatex());
    } catch (OutOfReachException _) {
      return new Step("Check: multiplied by the bottom it gives the top again.", resultLatex);
    }
  }
}
