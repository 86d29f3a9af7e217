package dev.handoff.systems.satbuddy.offline;

import static dev.handoff.systems.satbuddy.offline.Formula.bracketed;
import static dev.handoff.systems.satbuddy.offline.Formula.linear;
import static dev.handoff.systems.satbuddy.offline.Formula.math;
import static dev.handoff.systems.satbuddy.offline.Formula.quadratic;

import dev.handoff.systems.satbuddy.algebra.Rational;

/// Questions on quadratics, functions and exponents.
final class AdvancedTemplates {
  private AdvancedTemplates() {}

  static Draft quadraticEquation(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> greaterSolution(dice);
      case MEDIUM -> sumOfSolutions(dice);
      case HARD -> dice.coin() ? oneSolution(dice) : minimum(dice);
    };
  }

  private static Draft greaterSolution(Dice dice) {
    int p = dice.from(1, 9);
    int q = p + dice.from(1, 6);
    return Draft.whole(
        "What is the greater of the two solutions of "
            + math(quadratic(1, -(p + q), p * q) + " = 0")
            + "?",
        q,
        "Two numbers with product %d and sum %d are %d and %d, so ".formatted(p * q, p + q, p, q)
            + math("\\left(x - %d\\right)\\left(x - %d\\right) = 0".formatted(p, q))
            + ". The solutions are %d and %d; the greater one is %d.".formatted(p, q, q),
        p,
        -p,
        -q,
        p + q);
  }

  private static Draft sumOfSolutions(Dice dice) {
    int a = dice.from(2, 4);
    int p = dice.nonZero(-6, 7);
    int q = dice.nonZero(-6, 7);
    int b = -a * (p + q);
    return Draft.whole(
        "What is the sum of the solutions of " + math(quadratic(a, b, a * p * q) + " = 0") + "?",
        p + q,
        "The solutions of "
            + math("ax^{2} + bx + c = 0")
            + " add up to "
            + math("-\\frac{b}{a} = -\\frac{%d}{%d} = %d".formatted(b, a, p + q))
            + ". (Factoring shows the same: the solutions are %d and %d%s.)"
                .formatted(p, q, p == q ? ", one solution counted twice" : ""),
        -(p + q),
        p * q,
        a * (p + q),
        -p * q);
  }

  private static Draft oneSolution(Dice dice) {
    int b = dice.from(3, 15);
    return Draft.rational(
        "In the equation "
            + math("x^{2} + %dx + k = 0".formatted(b))
            + ", "
            + math("k")
            + " is a constant. If the equation has exactly one real solution, what is the value of "
            + math("k")
            + "?",
        Rational.of((long) b * b, 4),
        "Exactly one solution means that the discriminant is zero: "
            + math("%d^{2} - 4k = 0".formatted(b))
            + ", so "
            + math("k = " + Rational.of((long) b * b, 4).toLatex())
            + ".",
        Rational.of((long) b * b, 2),
        Rational.of(b, 2),
        Rational.of((long) b * b),
        Rational.of((long) -b * b, 4));
  }

  private static Draft minimum(Dice dice) {
    int half = dice.nonZero(-7, 7);
    int c = dice.nonZero(-12, 20);
    int least = c - half * half;
    return Draft.whole(
        "What is the minimum value of the function "
            + math("f(x) = " + quadratic(1, 2 * half, c))
            + "?",
        least,
        "Complete the square: "
            + math(
                "f(x) = \\left(%s\\right)^{2} - %d %s %d"
                    .formatted(
                        Formula.shifted("x", half), half * half, c < 0 ? "-" : "+", Math.abs(c)))
            + ", so the vertex is "
            + math("\\left(%d, %d\\right)".formatted(-half, least))
            + ". The minimum value is its second coordinate, "
            + least
            + ".",
        -half,
        c,
        c + half * half,
        half);
  }

  static Draft function(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> linearFunction(dice);
      case MEDIUM -> quadraticFunction(dice);
      case HARD -> composition(dice);
    };
  }

  private static Draft linearFunction(Dice dice) {
    int a = dice.from(2, 9);
    int b = dice.nonZero(-9, 9);
    int k = dice.from(2, 9);
    return Draft.whole(
        "If "
            + math("f(x) = " + linear(a, "x", b))
            + ", what is the value of "
            + math("f(" + k + ")")
            + "?",
        a * k + b,
        "Put %d in the place of x: ".formatted(k)
            + math(
                "f(%d) = %d \\cdot %d %s %d = %d"
                    .formatted(k, a, k, b < 0 ? "-" : "+", Math.abs(b), a * k + b))
            + ".",
        a * k - b,
        a * (k + b),
        a + k + b,
        a * k);
  }

  private static Draft quadraticFunction(Dice dice) {
    int b = dice.nonZero(-6, 6);
    int c = dice.from(-9, 9);
    int k = dice.from(2, 6);
    int value = k * k - b * k + c;
    return Draft.whole(
        "The function f is defined by "
            + math("f(x) = " + quadratic(1, b, c))
            + ". What is the value of "
            + math("f(-" + k + ")")
            + "?",
        value,
        "Use brackets for the negative number: "
            + math(
                "\\left(-%d\\right)^{2} + %s \\cdot \\left(-%d\\right) + %s = %d"
                    .formatted(k, bracketed(b), k, bracketed(c), value))
            + ". The square of a negative number is positive.",
        k * k + b * k + c,
        -k * k - b * k + c,
        -k * k + b * k + c,
        k * k - b * k - c);
  }

  private static Draft composition(Dice dice) {
    int a = dice.from(2, 5);
    int b = dice.nonZero(-6, 6);
    int c = dice.nonZero(-6, 6);
    int k = dice.from(1, 4);
    int inner = k * k + c;
    int f = a * k + b;
    return Draft.whole(
        "If "
            + math("f(x) = " + linear(a, "x", b))
            + " and "
            + math("g(x) = " + quadratic(1, 0, c))
            + ", what is the value of "
            + math("f(g(" + k + "))")
            + "?",
        a * inner + b,
        "Work from the inside out: "
            + math("g(%d) = %d".formatted(k, inner))
            + ", then "
            + math("f(%d) = %d".formatted(inner, a * inner + b))
            + ".",
        f * f + c,
        f * inner,
        f + inner,
        f);
  }

  static Draft exponent(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> product(dice);
      case MEDIUM -> powerOfPower(dice);
      case HARD -> sameBase(dice);
    };
  }

  private static Draft product(Dice dice) {
    int a = dice.from(2, 9);
    int b = dice.other(3, 9, a);
    return Draft.formula(
        "Which expression is equivalent to "
            + math("x^{%d} \\cdot x^{%d}".formatted(a, b))
            + " for all "
            + math("x")
            + "?",
        "x^{" + (a + b) + "}",
        "With the same base, exponents are added: "
            + math("x^{%d + %d} = x^{%d}".formatted(a, b, a + b))
            + ".",
        "x^{" + a * b + "}",
        "2x^{" + (a + b) + "}",
        "x^{" + Math.abs(a - b) + "}");
  }

  private static Draft powerOfPower(Dice dice) {
    int a = dice.from(3, 6);
    int b = dice.from(2, 4);
    int c = dice.from(2, a + b - 1);
    return Draft.formula(
        "Which expression is equivalent to "
            + math("\\frac{\\left(x^{%d}\\right)^{%d}}{x^{%d}}".formatted(a, b, c))
            + " for "
            + math("x \\ne 0")
            + "?",
        power(a * b - c),
        "A power of a power multiplies the exponents, "
            + math("\\left(x^{%d}\\right)^{%d} = x^{%d}".formatted(a, b, a * b))
            + "; dividing subtracts them: "
            + math("x^{%d - %d} = %s".formatted(a * b, c, power(a * b - c)))
            + ".",
        power(a + b - c),
        power(a * b + c),
        power(a + b + c));
  }

  private static String power(int exponent) {
    return exponent == 1 ? "x" : "x^{" + exponent + "}";
  }

  private static Draft sameBase(Dice dice) {
    int p = dice.from(2, 3);
    int m = dice.from(2, 4);
    int n = dice.other(2, 4, m);
    int k = dice.from(2, 9);
    long left = Math.round(Math.pow(p, m));
    long right = Math.round(Math.pow(p, n));
    return Draft.rational(
        "If "
            + math("%d^{x} = %d^{%d}".formatted(left, right, k))
            + ", what is the value of "
            + math("x")
            + "?",
        Rational.of((long) n * k, m),
        "Write both sides as powers of %d: ".formatted(p)
            + math("%d^{%dx} = %d^{%d}".formatted(p, m, p, n * k))
            + ". Equal bases need equal exponents: "
            + math("%dx = %d".formatted(m, n * k))
            + ", so "
            + math("x = " + Rational.of((long) n * k, m).toLatex())
            + ".",
        Rational.of((long) m * k, n),
        Rational.of((long) n * k),
        Rational.of(k),
        Rational.of(k + n - m));
  }
}
