package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Solves two linear equations in two unknowns by elimination.
final class SystemSolver {
  private final List<Relation> equations;
  private final String x;
  private final String y;
  private final @Nullable Expr wanted;
  private final Working working = new Working();

  private SystemSolver(List<Relation> equations, String x, String y, @Nullable Expr wanted) {
    this.equations = equations;
    this.x = x;
    this.y = y;
    this.wanted = wanted;
  }

  /// Solves for both unknowns and, where an expression in them is wanted, for its value.
  static Solved solve(List<Relation> equations, List<String> unknowns, Optional<Expr> wanted) {
    String x = unknowns.getFirst();
    String y = unknowns.getLast();
    return new SystemSolver(equations, x, y, wanted.orElse(null)).solve();
  }

  /// `a x + b y = c` with whole coefficients.
  private record LinearEquation(Rational a, Rational b, Rational c) {
    LinearEquation times(Rational factor) {
      return new LinearEquation(a.times(factor), b.times(factor), c.times(factor));
    }

    LinearEquation minus(LinearEquation that) {
      return new LinearEquation(a.minus(that.a), b.minus(that.b), c.minus(that.c));
    }

    String toLatex(String x, String y) {
      Polynomial left = Polynomial.term(x, 1, a).plus(Polynomial.term(y, 1, b));
      return left.toLatex() + " = " + c.toLatex();
    }
  }

  private Solved solve() {
    working.step(
        "Start with the two equations.",
        both(equations.getFirst().toLatex(), equations.getLast().toLatex()));
    LinearEquation first = line(equations.getFirst());
    LinearEquation second = line(equations.getLast());
    working.step("Sort them: unknowns left, numbers right.", both(show(first), show(second)));
    Rational determinant = first.a().times(second.b()).minus(second.a().times(first.b()));
    return determinant.isZero() ? parallel(first, second) : crossing(first, second);
  }

  private LinearEquation line(Relation equation) {
    Polynomial all =
        Quotient.of(equation.left()).whole().minus(Quotient.of(equation.right()).whole());
    if (all.degree() > 1) {
      throw new OutOfReachException("I can only solve systems of linear equations offline.");
    }
    Polynomial clear = all.times(all.commonDenominator());
    return new LinearEquation(
        clear.coefficient(x, 1), clear.coefficient(y, 1), clear.number().negate());
  }

  private Solved crossing(LinearEquation first, LinearEquation second) {
    boolean hasBoth = !first.b().isZero() && !second.b().isZero();
    Rational xValue = hasBoth ? eliminateY(first, second) : directly(first, second);
    LinearEquation other = first.b().isZero() ? second : first;
    Rational left = other.c().minus(other.a().times(xValue));
    working.step(
        "Put \\( %s = %s \\) into \\( %s \\).".formatted(x, xValue.toLatex(), show(other)),
        Polynomial.term(y, 1, other.b()).plus(Polynomial.of(other.a().times(xValue))).toLatex()
            + " = "
            + other.c().toLatex());
    Rational yValue = left.dividedBy(other.b());
    working.step("Solve for \\( " + y + " \\).", y + " = " + yValue.toLatex());
    String answer = "%s = %s, \\; %s = %s".formatted(x, xValue.toLatex(), y, yValue.toLatex());
    if (wanted != null) {
      Expr filled = wanted.with(x, xValue).with(y, yValue);
      String value = Quotient.number(filled).toLatex();
      working.step(
          "Put both into \\( " + wanted.toLatex() + " \\).", filled.toLatex() + " = " + value);
      answer = wanted.toLatex() + " = " + value;
    }
    return working.answer(answer, check(xValue, yValue));
  }

  private Rational eliminateY(LinearEquation first, LinearEquation second) {
    Rational shared =
        new Rational(first.b().numerator().gcd(second.b().numerator()), java.math.BigInteger.ONE);
    LinearEquation one = scaled(first, second.b().abs().dividedBy(shared), "first");
    LinearEquation two = scaled(second, first.b().abs().dividedBy(shared), "second");
    boolean subtract = one.b().equals(two.b());
    LinearEquation difference = one.minus(subtract ? two : two.times(Rational.of(-1)));
    String how = subtract ? "Subtract the second from the first" : "Add the two equations";
    working.step(how + "; \\( " + y + " \\) drops out.", show(difference));
    Rational value = difference.c().dividedBy(difference.a());
    working.step(
        "Divide both sides by \\( " + difference.a().toLatex() + " \\).",
        x + " = " + value.toLatex());
    return value;
  }

  private LinearEquation scaled(LinearEquation line, Rational factor, String name) {
    LinearEquation scaled = line.times(factor);
    if (!factor.isOne()) {
      working.step(
          "Multiply the %s equation by \\( %s \\).".formatted(name, factor.toLatex()),
          show(scaled));
    }
    return scaled;
  }

  private Rational directly(LinearEquation first, LinearEquation second) {
    LinearEquation only = first.b().isZero() ? first : second;
    Rational value = only.c().dividedBy(only.a());
    working.step("One equation has only \\( " + x + " \\).", x + " = " + value.toLatex());
    return value;
  }

  private Solved parallel(LinearEquation first, LinearEquation second) {
    boolean same =
        first.a().times(second.c()).equals(second.a().times(first.c()))
            && first.b().times(second.c()).equals(second.b().times(first.c()));
    if (isEmpty(first) || isEmpty(second)) {
      throw new OutOfReachException("One of those equations has no unknowns left.");
    }
    Step check =
        new Step(
            same
                ? "Check: one equation is a multiple of the other, so both say the same."
                : "Check: the left sides are multiples of each other, the right sides are not.",
            both(show(first), show(second)));
    return working.answer(
        same ? "\\text{infinitely many solutions}" : "\\text{no solution}", check);
  }

  private static boolean isEmpty(LinearEquation line) {
    return line.a().isZero() && line.b().isZero();
  }

  private Step check(Rational xValue, Rational yValue) {
    List<String> lines =
        equations.stream()
            .map(equation -> equation.with(x, xValue).with(y, yValue))
            .map(Working::compared)
            .toList();
    return new Step(
        "Check: put both values into both equations.", both(lines.getFirst(), lines.getLast()));
  }

  private String show(LinearEquation line) {
    return line.toLatex(x, y);
  }

  private static String both(String first, String second) {
    return "\\begin{gathered} " + first + " \\\\ " + second + " \\end{gathered}";
  }
}
