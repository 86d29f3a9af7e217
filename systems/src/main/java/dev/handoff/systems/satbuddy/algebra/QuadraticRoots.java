package dev.handoff.systems.satbuddy.algebra;

import java.math.BigInteger;

/// The real roots of `a x^2 + b x + c` with whole coefficients, as the formula gives them.
///
/// @param discriminant `b^2 - 4ac`
record QuadraticRoots(BigInteger a, BigInteger b, BigInteger c, BigInteger discriminant) {
  private static final int LARGEST_SQUARE_TRIED = 2000;

  static QuadraticRoots of(Polynomial primitive, String unknown) {
    BigInteger a = primitive.coefficient(unknown, 2).numerator();
    BigInteger b = primitive.coefficient(unknown, 1).numerator();
    BigInteger c = primitive.number().numerator();
    BigInteger four = BigInteger.valueOf(4);
    return new QuadraticRoots(a, b, c, b.multiply(b).subtract(four.multiply(a).multiply(c)));
  }

  /// `b^2 - 4ac` with the numbers put in, and its value.
  String discriminantLatex() {
    return "b^{2} - 4ac = %s^{2} - 4 \\cdot %s \\cdot %s = %s"
        .formatted(bracketed(b), bracketed(a), bracketed(c), discriminant);
  }

  /// The formula with the numbers put in.
  String formulaLatex(String unknown) {
    return "%s = \\frac{-b \\pm \\sqrt{b^{2} - 4ac}}{2a} = \\frac{%s \\pm \\sqrt{%s}}{%s}"
        .formatted(unknown, b.negate(), discriminant, a.shiftLeft(1));
  }

  /// Both roots in simplest form, with this in the place of plus-or-minus.
  String rootsLatex(String plusMinus) {
    Surd root = Surd.of(discriminant);
    BigInteger bottom = a.shiftLeft(1);
    BigInteger shared = bottom.gcd(b).gcd(root.factor());
    BigInteger top = b.negate().divide(shared);
    BigInteger factor = root.factor().divide(shared);
    bottom = bottom.divide(shared);
    String surd = new Surd(factor, root.radicand()).toLatex();
    String lone =
        switch (plusMinus) {
          case "+" -> surd;
          case "-" -> "-" + surd;
          default -> plusMinus + " " + surd;
        };
    String sum = top.signum() == 0 ? lone : top + " " + plusMinus + " " + surd;
    return bottom.equals(BigInteger.ONE) ? sum : "\\frac{" + sum + "}{" + bottom + "}";
  }

  private static String bracketed(BigInteger value) {
    return value.signum() < 0 ? "\\left(" + value + "\\right)" : value.toString();
  }

  /// A whole number times a square root.
  record Surd(BigInteger factor, BigInteger radicand) {

    /// The square root of a positive whole number with square factors up to 2,000 squared taken
    /// out.
    static Surd of(BigInteger square) {
      BigInteger exact = square.sqrt();
      if (exact.multiply(exact).equals(square)) {
        return new Surd(exact, BigInteger.ONE);
      }
      BigInteger outside = BigInteger.ONE;
      BigInteger inside = square;
      for (int p = 2; p <= LARGEST_SQUARE_TRIED; p++) {
        BigInteger pp = BigInteger.valueOf((long) p * p);
        if (pp.compareTo(inside) > 0) {
          break;
        }
        while (inside.mod(pp).signum() == 0) {
          inside = inside.divide(pp);
          outside = outside.multiply(BigInteger.valueOf(p));
        }
      }
      return new Surd(outside, inside);
    }

    String toLatex() {
      if (radicand.equals(BigInteger.ONE)) {
        return factor.toString();
      }
      String before = factor.equals(BigInteger.ONE) ? "" : factor.toString();
      return before + "\\sqrt{" + radicand + "}";
    }
  }
}
