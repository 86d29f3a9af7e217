package dev.handoff.systems.satbuddy.offline;

import static dev.handoff.systems.satbuddy.offline.Formula.linear;
import static dev.handoff.systems.satbuddy.offline.Formula.math;

/// Questions on two linear equations.
final class SystemTemplates {
  private SystemTemplates() {}

  static Draft system(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> sumAndDifference(dice);
      case MEDIUM -> elimination(dice);
      case HARD -> dice.coin() ? sumOfUnknowns(dice) : parallel(dice);
    };
  }

  private static String system(String first, String second) {
    return "\\[ " + first + " \\]\n\\[ " + second + " \\]\n";
  }

  private static Draft sumAndDifference(Dice dice) {
    int y = dice.from(1, 12);
    int x = y + dice.from(1, 12);
    return Draft.whole(
        system("x + y = " + (x + y), "x - y = " + (x - y))
            + "What is the value of "
            + math("x")
            + " in the solution of this system?",
        x,
        "Add the equations: "
            + math("2x = " + 2 * x)
            + ", so "
            + math("x = " + x)
            + ". (Then "
            + math("y = " + y)
            + ", which is not what was asked for.)",
        y,
        2 * x,
        x + y,
        x - y);
  }

  private static Draft elimination(Dice dice) {
    int x = dice.nonZero(-6, 8);
    int y = dice.nonZero(-6, 8);
    int a = dice.from(2, 5);
    int b = dice.from(1, 5);
    int c = dice.from(1, 5);
    int d = dice.from(2, 5);
    int e = a * x + b * y;
    int f = c * x - d * y;
    return Draft.whole(
        system(linear(a, "x", b, "y") + " = " + e, linear(c, "x", -d, "y") + " = " + f)
            + "If %s is the solution of this system, what is the value of %s?"
                .formatted(math("\\left(x, y\\right)"), math("y")),
        y,
        "Make the terms with "
            + math("x")
            + " equal: multiply the first equation by %d and the second by %d, then subtract: "
                .formatted(c, a)
            + math("%dy = %d".formatted(b * c + a * d, e * c - f * a))
            + ". So "
            + math("y = " + y)
            + " (and "
            + math("x = " + x)
            + ").",
        x,
        -y,
        x + y,
        x - y);
  }

  private static Draft sumOfUnknowns(Dice dice) {
    int x = dice.nonZero(-7, 9);
    int y = dice.nonZero(-7, 9);
    int a = dice.from(2, 7);
    int b = dice.other(2, 7, a);
    int e = a * x + b * y;
    int f = b * x + a * y;
    return Draft.whole(
        system(linear(a, "x", b, "y") + " = " + e, linear(b, "x", a, "y") + " = " + f)
            + "What is the value of "
            + math("x + y")
            + "?",
        x + y,
        "Adding the equations gives "
            + math("%dx + %dy = %d".formatted(a + b, a + b, e + f))
            + ". Divide by %d: ".formatted(a + b)
            + math("x + y = " + (x + y))
            + ". There is no need to find the unknowns one by one.",
        e + f,
        x - y,
        y - x,
        x,
        y);
  }

  private static Draft parallel(Dice dice) {
    int a = dice.from(2, 6);
    int b = dice.other(2, 9, a);
    int times = dice.from(2, 4);
    int c = dice.from(1, 12);
    int other = dice.other(1, 40, times * c);
    return Draft.whole(
        system(a + "x + ky = " + c, linear(a * times, "x", b * times, "y") + " = " + other)
            + "In this system "
            + math("k")
            + " is a constant. If the system has no solution, what is the value of "
            + math("k")
            + "?",
        b,
        "No solution means parallel lines: the left sides are multiples of each other. The second"
            + " equation has %d times the x-term of the first, so ".formatted(times)
            + math("%dk = %d".formatted(times, b * times))
            + " and "
            + math("k = " + b)
            + ". The right sides are not in that ratio, so the lines are different.",
        b * times,
        -b,
        a,
        b + times);
  }
}
