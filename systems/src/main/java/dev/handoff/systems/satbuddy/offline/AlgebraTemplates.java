package dev.handoff.systems.satbuddy.offline;

import static dev.handoff.systems.satbuddy.offline.Formula.bracketed;
import static dev.handoff.systems.satbuddy.offline.Formula.linear;
import static dev.handoff.systems.satbuddy.offline.Formula.math;
import static dev.handoff.systems.satbuddy.offline.Formula.takeAway;

import dev.handoff.systems.satbuddy.algebra.Rational;
import java.util.List;

/// Questions on linear equations, lines and inequalities.
final class AlgebraTemplates {
  private AlgebraTemplates() {}

  static Draft linearEquation(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> twoSteps(dice);
      case MEDIUM -> brackets(dice);
      case HARD -> dice.coin() ? valueOfExpression(dice) : noSolution(dice);
    };
  }

  private static Draft twoSteps(Dice dice) {
    int x = dice.nonZero(-9, 12);
    int a = dice.from(2, 9);
    int b = dice.nonZero(-12, 12);
    int c = a * x + b;
    return Draft.rational(
        "If " + math(linear(a, "x", b) + " = " + c) + ", what is the value of " + math("x") + "?",
        Rational.of(x),
        takeAway(b)
            + ": "
            + math(a + "x = " + (c - b))
            + ". Divide both sides by "
            + a
            + ": "
            + math("x = " + x)
            + ". Check: "
            + math(
                a + " \\cdot " + bracketed(x) + (b < 0 ? " - " : " + ") + Math.abs(b) + " = " + c)
            + ".",
        Rational.of(c + b, a),
        Rational.of(c - b),
        Rational.of(-x),
        Rational.of(c, a).minus(Rational.of(b)));
  }

  private static Draft brackets(Dice dice) {
    int x = dice.nonZero(-8, 10);
    int a = dice.from(2, 7);
    int b = dice.nonZero(-7, 7);
    int c = dice.other(2, 9, a);
    int d = a * (x + b) - c * x;
    String left = a + "\\left(" + Formula.shifted("x", b) + "\\right)";
    return Draft.rational(
        "What value of "
            + math("x")
            + " satisfies the equation "
            + math(left + " = " + linear(c, "x", d))
            + "?",
        Rational.of(x),
        "Multiply out the bracket: "
            + math(linear(a, "x", a * b) + " = " + linear(c, "x", d))
            + ". Collect the unknown on one side: "
            + math(linear(a - c, "x", 0) + " = " + (d - a * b))
            + ". So "
            + math("x = " + x)
            + ". (A common mistake is to multiply only the first term of the bracket.)",
        Rational.of(d - b, a - c),
        Rational.of(d + a * b, a - c),
        Rational.of(d - a * b, a + c),
        Rational.of(-x));
  }

  private static Draft valueOfExpression(Dice dice) {
    int x = dice.nonZero(-6, 8);
    int a = dice.from(2, 6);
    int b = dice.nonZero(-6, 6);
    int c = dice.nonZero(-9, 9);
    int p = dice.other(2, 7, a);
    int q = dice.nonZero(-9, 9);
    String left = a + "\\left(" + Formula.shifted("x", b) + "\\right)" + signed(c);
    String wanted = linear(p, "x", q);
    int value = p * x + q;
    String filled = "%s = %d \\cdot %s%s = %d".formatted(wanted, p, bracketed(x), signed(q), value);
    return Draft.whole(
        "If %s, what is the value of %s?"
            .formatted(math(left + " = " + (a * (x + b) + c)), math(wanted)),
        value,
        "%s and divide by %d: %s, so %s. The question asks for %s, not for %s."
            .formatted(
                takeAway(c),
                a,
                math(Formula.shifted("x", b) + " = " + (x + b)),
                math("x = " + x),
                math(filled),
                math("x")),
        x,
        p * x,
        p * x - q,
        p * (x + b) + q);
  }

  private static Draft noSolution(Dice dice) {
    int a = dice.from(2, 9);
    int c = dice.nonZero(-6, 6);
    int b = dice.other(-12, 12, a * c);
    String right = a + "\\left(" + Formula.shifted("x", c) + "\\right)";
    return Draft.whole(
        "In the equation "
            + math("kx" + signed(b) + " = " + right)
            + ", "
            + math("k")
            + " is a constant. If the equation has no solution, what is the value of "
            + math("k")
            + "?",
        a,
        "Multiply out: "
            + math("kx" + signed(b) + " = " + linear(a, "x", a * c))
            + ". There is no solution when the terms with "
            + math("x")
            + " are the same on both sides and the numbers are not. So "
            + math("k = " + a)
            + ", and indeed "
            + math(b + " \\ne " + a * c)
            + ".",
        -a,
        a * c,
        b,
        a + c);
  }

  static Draft inequality(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> rising(dice);
      case MEDIUM -> turning(dice);
      case HARD -> budget(dice);
    };
  }

  private static Draft rising(Dice dice) {
    int v = dice.nonZero(-8, 9);
    int a = dice.from(2, 8);
    int b = dice.nonZero(-10, 10);
    int c = a * v + b;
    return Draft.formula(
        "Which of the following is the solution of " + math(linear(a, "x", b) + " < " + c) + "?",
        "x < " + v,
        takeAway(b)
            + ": "
            + math(a + "x < " + (c - b))
            + ". Divide by "
            + a
            + ", which is positive, so the sign stays: "
            + math("x < " + v)
            + ".",
        "x > " + v,
        "x < " + Rational.of(c + b, a).toLatex(),
        "x < " + (c - b),
        "x > " + Rational.of(c + b, a).toLatex());
  }

  private static Draft turning(Dice dice) {
    int v = dice.nonZero(-8, 9);
    int a = dice.from(2, 8);
    int b = dice.nonZero(-10, 10);
    int c = -a * v + b;
    return Draft.formula(
        "Which of the following is the solution of "
            + math(linear(-a, "x", b) + " \\le " + c)
            + "?",
        "x \\ge " + v,
        takeAway(b)
            + ": "
            + math(-a + "x \\le " + (c - b))
            + ". Divide by "
            + math("-" + a)
            + ". It is negative, so the sign turns around: "
            + math("x \\ge " + v)
            + ".",
        "x \\le " + v,
        "x \\ge " + -v,
        "x \\le " + -v);
  }

  private static Draft budget(Dice dice) {
    int start = dice.from(3, 12);
    int rate = dice.from(3, 9);
    int whole = dice.from(4, 20);
    int rest = dice.from(1, rate - 1);
    int money = start + rate * whole + rest;
    return Draft.whole(
        "Renting a bicycle costs %d dollars plus %d dollars for each hour or part of an hour. Mia can spend at most %d dollars. What is the greatest number of hours for which she can rent it?"
            .formatted(start, rate, money),
        whole,
        "With "
            + math("h")
            + " for the hours, "
            + math(start + " + " + rate + "h \\le " + money)
            + ". So "
            + math(rate + "h \\le " + (money - start))
            + " and "
            + math("h \\le " + Rational.of(money - start, rate).toLatex())
            + ". The greatest whole number that fits is "
            + whole
            + "; rounding up would cost too much.",
        whole + 1,
        money / rate,
        (money + start) / rate,
        money - start);
  }

  static Draft line(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> slope(dice);
      case MEDIUM -> intercept(dice);
      case HARD -> perpendicular(dice);
    };
  }

  private static Draft slope(Dice dice) {
    int x1 = dice.from(-5, 5);
    int y1 = dice.from(-6, 6);
    int run = dice.from(1, 6);
    int rise = dice.nonZero(-9, 9);
    int x2 = x1 + run;
    int y2 = y1 + rise;
    return Draft.rational(
        "What is the slope of the line through the points "
            + math(point(x1, y1))
            + " and "
            + math(point(x2, y2))
            + "?",
        Rational.of(rise, run),
        "Slope is rise over run: "
            + math(
                "\\frac{%d - %s}{%d - %s} = %s"
                    .formatted(
                        y2,
                        bracketed(y1),
                        x2,
                        bracketed(x1),
                        rise == 0 ? "0" : Rational.of(rise, run).toLatex()))
            + ".",
        Rational.of(run, rise),
        Rational.of(-rise, run),
        Rational.of(-run, rise),
        Rational.of(rise));
  }

  private static Draft intercept(Dice dice) {
    int m = dice.nonZero(-5, 5);
    int x = dice.nonZero(-6, 6);
    int y = dice.nonZero(-9, 9);
    int b = y - m * x;
    return Draft.whole(
        "A line in the xy-plane has slope %d and passes through the point %s. What is the y-coordinate of its y-intercept?"
            .formatted(m, math(point(x, y))),
        b,
        "Put the point into "
            + math("y = mx + b")
            + ": "
            + math("%d = %s \\cdot %s + b".formatted(y, bracketed(m), bracketed(x)))
            + ", so "
            + math("b = " + b)
            + ".",
        y + m * x,
        y - x,
        m * x,
        -b);
  }

  private static Draft perpendicular(Dice dice) {
    int a = dice.from(2, 9);
    int b = dice.other(2, 9, a);
    int c = dice.from(1, 20);
    return Draft.rational(
        "Line "
            + math("\\ell")
            + " has the equation "
            + math(linear(a, "x", b, "y") + " = " + c)
            + ". What is the slope of a line that is perpendicular to "
            + math("\\ell")
            + "?",
        Rational.of(b, a),
        "Solved for y, the line has the slope "
            + math(Rational.of(-a, b).toLatex())
            + ". Perpendicular slopes multiply to "
            + math("-1")
            + ", so take the reciprocal and change the sign: "
            + math(Rational.of(b, a).toLatex())
            + ".",
        List.of(Rational.of(-a, b), Rational.of(a, b), Rational.of(-b, a))
            .toArray(Rational[]::new));
  }

  private static String point(int x, int y) {
    return "\\left(" + x + ", " + y + "\\right)";
  }

  private static String signed(int number) {
    return (number < 0 ? " - " : " + ") + Math.abs(number);
  }
}
