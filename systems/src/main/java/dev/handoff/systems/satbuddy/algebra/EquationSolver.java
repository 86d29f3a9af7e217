package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import dev.handoff.systems.satbuddy.algebra.LinearMoves.Outcome;
import dev.handoff.systems.satbuddy.algebra.LinearMoves.Sides;
import dev.handoff.systems.satbuddy.algebra.Relation.Sign;
import java.util.List;
import java.util.stream.Collectors;

/// Solves one equation in one unknown: linear, quadratic, higher where rational roots bring it
/// down, and those with the unknown in a denominator that come to one of these.
final class EquationSolver {
  private static final String NO_SOLUTION = "\\text{no solution}";
  private static final String NO_REAL_SOLUTION = "\\text{no real solution}";
  private static final String EVERY_NUMBER = "\\text{every real number}";

  private final Relation equation;
  private final String unknown;
  private final Working working = new Working();

  private EquationSolver(Relation equation, String unknown) {
    this.equation = equation;
    this.unknown = unknown;
  }

  static Solved solve(Relation equation, String unknown) {
    return new EquationSolver(equation, unknown).solve();
  }

  /// The only solution, when there is exactly one and it is rational.
  static java.util.Optional<Rational> onlySolution(Relation equation, String unknown) {
    Quotient all = Quotient.of(new Expr.Difference(equation.left(), equation.right()));
    if (!all.isWhole() || all.top().degree() != 1) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(Factoring.of(all.top(), unknown).roots().getFirst());
  }

  private Solved solve() {
    working.step("Start with the equation.", equation.toLatex());
    Quotient left = Quotient.of(equation.left());
    Quotient right = Quotient.of(equation.right());
    if (!left.isWhole() || !right.isWhole()) {
      return solveFractional(left, right);
    }
    working.step("Multiply out and combine like terms.", equation(left.top(), right.top()));
    Polynomial all = left.top().minus(right.top());
    if (all.degree() > 1) {
      return solvePolynomial(all);
    }
    boolean bothLinear = left.top().degree() <= 1 && right.top().degree() <= 1;
    if (!bothLinear) {
      working.step("The higher powers cancel.", equation(all, Polynomial.ZERO));
    }
    return bothLinear ? solveLinear(left.top(), right.top()) : solveLinear(all, Polynomial.ZERO);
  }

  private Solved solveFractional(Quotient left, Quotient right) {
    Polynomial all = left.top().times(right.bottom()).minus(right.top().times(left.bottom()));
    Polynomial bottom = left.bottom().times(right.bottom());
    working.step(
        "Multiply both sides by \\( "
            + bottom.toLatex()
            + " \\), which must not be zero, and bring everything to one side.",
        equation(all, Polynomial.ZERO));
    if (all.degree() > 1) {
      return solvePolynomial(all);
    }
    return solveLinear(all, Polynomial.ZERO);
  }

  private Solved solveLinear(Polynomial left, Polynomial right) {
    return switch (LinearMoves.isolate(working, unknown, new Sides(left, Sign.EQUAL, right))) {
      case Outcome.Isolated(_, Rational value) -> rationals(List.of(value));
      case Outcome.Always _ ->
          working.answer(
              EVERY_NUMBER,
              new Step(
                  "Check: both sides are the same expression, so any value works, for example "
                      + "\\( "
                      + unknown
                      + " = 1 \\).",
                  equation(left, right)));
      case Outcome.Never _ ->
          working.answer(
              NO_SOLUTION,
              new Step(
                  "Check: the sides always differ by the same number, so they are never equal.",
                  bracketed(left)
                      + " - "
                      + bracketed(right)
                      + " = "
                      + left.minus(right).toLatex()));
    };
  }

  private static String bracketed(Polynomial side) {
    return side.isNumber() && side.number().signum() >= 0
        ? side.toLatex()
        : "\\left(" + side.toLatex() + "\\right)";
  }

  private Solved solvePolynomial(Polynomial all) {
    Rational content = all.content();
    Rational scale = all.leading().signum() < 0 ? content.negate() : content;
    Polynomial primitive = all.times(Rational.ONE.dividedBy(scale));
    working.step("Bring everything to one side.", equation(all, Polynomial.ZERO));
    working.step(
        "Divide both sides by \\( " + scale.toLatex() + " \\).",
        equation(primitive, Polynomial.ZERO));
    Factoring factoring = Factoring.of(primitive, unknown);
    if (factoring.isComplete()) {
      return solveFactored(factoring);
    }
    return factoring.rest().degree() == 2 ? solveWithFormula(factoring) : tooHigh();
  }

  private Solved solveFactored(Factoring factoring) {
    working.step("Factor.", factoring.toLatex() + " = 0");
    List<Rational> roots = factoring.roots().stream().distinct().toList();
    boolean isDouble = roots.size() == 1;
    working.step(
        isDouble
            ? "All factors are the same, so this is one solution that counts "
                + (factoring.roots().size() == 2 ? "twice (a double root)." : "several times.")
            : "A product is zero when one of its factors is zero.",
        alternatives(roots));
    return rationals(roots);
  }

  private Solved solveWithFormula(Factoring factoring) {
    if (!factoring.roots().isEmpty()) {
      working.step("Factor.", factoring.toLatex() + " = 0");
    }
    QuadraticRoots quadratic = QuadraticRoots.of(factoring.rest(), unknown);
    working.step("Look at the discriminant.", quadratic.discriminantLatex());
    List<Rational> others = factoring.roots().stream().distinct().toList();
    if (quadratic.discriminant().signum() < 0) {
      Step why =
          new Step(
              "Check: the discriminant is negative, and no real number has a negative square.",
              "b^{2} - 4ac = " + quadratic.discriminant() + " < 0");
      return others.isEmpty() ? working.answer(NO_REAL_SOLUTION, why) : rationals(others);
    }
    working.step("Use the quadratic formula.", quadratic.formulaLatex(unknown));
    String roots = unknown + " = " + quadratic.rootsLatex("\\pm");
    working.step("Simplify the root.", roots);
    String answer = others.isEmpty() ? roots : alternatives(others) + " \\text{ or } " + roots;
    return working.answer(answer, sumAndProduct(quadratic));
  }

  /// Irrational roots are put back through their sum and product, which must be -b/a and c/a.
  private static Step sumAndProduct(QuadraticRoots quadratic) {
    Rational a = new Rational(quadratic.a(), java.math.BigInteger.ONE);
    Rational b = new Rational(quadratic.b(), java.math.BigInteger.ONE);
    Rational c = new Rational(quadratic.c(), java.math.BigInteger.ONE);
    String plus = quadratic.rootsLatex("+");
    String minus = quadratic.rootsLatex("-");
    return new Step(
        "Check: the roots add up to \\( -b/a \\) and multiply to \\( c/a \\), as they must.",
        "%s + \\left(%s\\right) = %s, \\quad \\left(%s\\right)\\left(%s\\right) = %s"
            .formatted(
                plus,
                minus,
                b.negate().dividedBy(a).toLatex(),
                plus,
                minus,
                c.dividedBy(a).toLatex()));
  }

  private Solved rationals(List<Rational> found) {
    List<Rational> valid = found.stream().filter(this::isSolution).toList();
    if (valid.size() < found.size()) {
      String dropped =
          found.stream().filter(root -> !isSolution(root)).map(this::is).findFirst().orElse("");
      working.step("This value makes a denominator zero, so it does not count.", dropped);
    }
    if (valid.isEmpty()) {
      return working.answer(
          NO_SOLUTION, new Step("Check: no value is left that may be put in.", equation.toLatex()));
    }
    Step check = Working.substituted(equation, unknown, valid.getFirst());
    String latex = check.latex();
    for (Rational root : valid.subList(1, valid.size())) {
      latex = latex + " \\\\ " + Working.substituted(equation, unknown, root).latex();
    }
    String sentence =
        valid.size() == 1 ? check.sentence() : "Check: put each value back in; both sides agree.";
    String lines = valid.size() == 1 ? latex : "\\begin{gathered} " + latex + " \\end{gathered}";
    return working.answer(alternatives(valid), new Step(sentence, lines));
  }

  private boolean isSolution(Rational value) {
    try {
      Relation filled = equation.with(unknown, value);
      return Quotient.number(filled.left()).equals(Quotient.number(filled.right()));
    } catch (OutOfReachException _) {
      return false; // A denominator became zero.
    }
  }

  private String alternatives(List<Rational> roots) {
    return roots.stream().map(this::is).collect(Collectors.joining(" \\text{ or } "));
  }

  private String is(Rational value) {
    return unknown + " = " + value.toLatex();
  }

  private static String equation(Polynomial left, Polynomial right) {
    return left.toLatex() + " = " + right.toLatex();
  }

  private static Solved tooHigh() {
    throw new OutOfReachException("The degree of that equation is too high for me offline.");
  }
}
