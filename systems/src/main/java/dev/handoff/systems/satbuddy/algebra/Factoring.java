package dev.handoff.systems.satbuddy.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits a polynomial in one unknown into its content, one linear factor for each rational root
/// and what is left. Searches at most 4,000 candidates for a root.
///
/// @param content the number in front
/// @param roots the rational roots, each as often as it occurs, smallest first
/// @param rest a polynomial without rational roots, 1 when everything was split
record Factoring(String unknown, Rational content, List<Rational> roots, Polynomial rest) {
  private static final int MOST_CANDIDATES = 4000;
  private static final long LARGEST_SEARCHED = 1_000_000;

  Factoring {
    roots = roots.stream().sorted().toList();
  }

  static Factoring of(Polynomial polynomial, String unknown) {
    Rational content = polynomial.content();
    if (polynomial.leading().signum() < 0) {
      content = content.negate();
    }
    Polynomial rest = polynomial.times(Rational.ONE.dividedBy(content));
    List<Rational> roots = new ArrayList<>();
    Optional<Rational> root = rationalRoot(rest, unknown);
    while (root.isPresent()) {
      roots.add(root.get());
      rest = withoutRoot(rest, unknown, root.get());
      root = rationalRoot(rest, unknown);
    }
    return new Factoring(unknown, content, roots, rest);
  }

  /// The linear factor of a root with whole coefficients: `2x - 1` for one half.
  static Polynomial linear(String unknown, Rational root) {
    return Polynomial.term(unknown, 1, new Rational(root.denominator(), BigInteger.ONE))
        .minus(Polynomial.of(new Rational(root.numerator(), BigInteger.ONE)));
  }

  private static Optional<Rational> rationalRoot(Polynomial polynomial, String unknown) {
    int degree = polynomial.degreeIn(unknown);
    if (degree == 0) {
      return Optional.empty();
    }
    if (polynomial.number().isZero()) {
      return Optional.of(Rational.ZERO);
    }
    if (degree == 1) {
      return Optional.of(
          polynomial.number().negate().dividedBy(polynomial.coefficient(unknown, 1)));
    }
    if (degree == 2) {
      return rootOfQuadratic(polynomial, unknown);
    }
    return searchedRoot(polynomial, unknown, polynomial.coefficient(unknown, degree));
  }

  private static Optional<Rational> rootOfQuadratic(Polynomial polynomial, String unknown) {
    Rational a = polynomial.coefficient(unknown, 2);
    Rational b = polynomial.coefficient(unknown, 1);
    Rational discriminant = b.times(b).minus(Rational.of(4).times(a).times(polynomial.number()));
    return discriminant
        .root(2)
        .map(root -> b.negate().minus(root).dividedBy(a.times(Rational.of(2))));
  }

  private static Optional<Rational> searchedRoot(
      Polynomial polynomial, String unknown, Rational leading) {
    List<Long> tops = divisors(polynomial.number());
    List<Long> bottoms = divisors(leading);
    if ((long) tops.size() * bottoms.size() * 2 > MOST_CANDIDATES) {
      throw new OutOfReachException("That polynomial is too large for me to factor.");
    }
    for (long bottom : bottoms) {
      for (long top : tops) {
        for (Rational candidate : List.of(Rational.of(top, bottom), Rational.of(-top, bottom))) {
          if (polynomial.with(unknown, candidate).isZero()) {
            return Optional.of(candidate);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<Long> divisors(Rational whole) {
    BigInteger size = whole.numerator().abs();
    if (size.bitLength() > 40 || size.longValueExact() > LARGEST_SEARCHED) {
      throw new OutOfReachException("That polynomial is too large for me to factor.");
    }
    long value = size.longValueExact();
    List<Long> divisors = new ArrayList<>();
    for (long d = 1; d * d <= value; d++) {
      if (value % d == 0) {
        divisors.add(d);
        if (d * d != value) {
          divisors.add(value / d);
        }
      }
    }
    return divisors;
  }

  /// Divides by the root's linear factor (Horner's scheme, then scaled to whole coefficients).
  private static Polynomial withoutRoot(Polynomial polynomial, String unknown, Rational root) {
    Polynomial quotient = Polynomial.ZERO;
    Rational carry = Rational.ZERO;
    for (int power = polynomial.degreeIn(unknown); power > 0; power--) {
      carry = carry.times(root).plus(polynomial.coefficient(unknown, power));
      quotient = quotient.plus(Polynomial.term(unknown, power - 1, carry));
    }
    Rational scale = new Rational(root.denominator(), BigInteger.ONE);
    return quotient.times(Rational.ONE.dividedBy(scale));
  }

  /// Whether nothing could be split off.
  boolean isWhole() {
    int parts = roots.size() + (rest.isNumber() ? 0 : 1);
    return parts <= 1 && content.isOne();
  }

  /// Whether no part with unknowns is left but linear ones.
  boolean isComplete() {
    return rest.isNumber();
  }

  /// The product, such as `2\left(x - 1\right)\left(x + 3\right)^{2}`.
  String toLatex() {
    StringBuilder latex = new StringBuilder();
    Rational factor = content.times(rest.isNumber() ? rest.number() : Rational.ONE);
    if (factor.equals(Rational.of(-1))) {
      latex.append('-');
    } else if (!factor.isOne()) {
      latex.append(factor.toLatex());
    }
    List<Rational> distinct = roots.stream().distinct().toList();
    for (Rational root : distinct) {
      long times = roots.stream().filter(root::equals).count();
      append(latex, linear(unknown, root).toLatex(), times, root.isZero());
    }
    if (!rest.isNumber()) {
      append(latex, rest.toLatex(), 1, false);
    }
    return latex.toString();
  }

  private static void append(StringBuilder latex, String part, long times, boolean bare) {
    latex.append(bare ? part : "\\left(" + part + "\\right)");
    latex.append(times == 1 ? "" : "^{" + times + "}");
  }
}
