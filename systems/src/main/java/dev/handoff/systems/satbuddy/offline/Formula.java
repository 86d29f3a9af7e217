package dev.handoff.systems.satbuddy.offline;

import dev.handoff.systems.satbuddy.algebra.Rational;

/// Writes small formulas as LaTeX.
final class Formula {
  private Formula() {}

  /// Between the delimiters of inline mathematics.
  static String math(String latex) {
    return "\\( " + latex + " \\)";
  }

  /// A number as an option: plain digits, or a fraction.
  static String option(Rational value) {
    return value.isInteger() ? value.toPlain() : math(value.toLatex());
  }

  /// `3x - 5`: a times the unknown plus b.
  static String linear(int a, String unknown, int b) {
    return term(a, unknown) + plus(b);
  }

  /// `2x + 3y`: two terms.
  static String linear(int a, String x, int b, String y) {
    return term(a, x) + (b < 0 ? " - " : " + ") + term(Math.abs(b), y);
  }

  /// `x^{2} - 5x + 6`.
  static String quadratic(int a, int b, int c) {
    String middle = b == 0 ? "" : (b < 0 ? " - " : " + ") + term(Math.abs(b), "x");
    return term(a, "x^{2}") + middle + plus(c);
  }

  /// `x - 3`, or just `x` when the number is zero: what stands in a bracket.
  static String shifted(String unknown, int by) {
    return unknown + plus(by);
  }

  private static String term(int factor, String letters) {
    if (factor == 1) {
      return letters;
    }
    return factor == -1 ? "-" + letters : factor + letters;
  }

  private static String plus(int number) {
    return number == 0 ? "" : (number < 0 ? " - " : " + ") + Math.abs(number);
  }

  /// A negative number in brackets, so that it can stand after a sign.
  static String bracketed(int number) {
    return number < 0 ? "\\left(" + number + "\\right)" : Integer.toString(number);
  }

  /// "Subtract 5 from both sides" or "Add 5 to both sides".
  static String takeAway(int number) {
    return number < 0
        ? "Add " + -number + " to both sides"
        : "Subtract " + number + " from both sides";
  }
}
