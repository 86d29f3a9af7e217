package dev.handoff.systems.satbuddy.algebra;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A sum of monomials with rational coefficients, none of them zero. At most degree 16 and 120
/// terms.
record Polynomial(SortedMap<Monomial, Rational> terms) {
  static final Polynomial ZERO = new Polynomial(new TreeMap<>());
  static final Polynomial ONE = of(Rational.ONE);

  private static final int HIGHEST_DEGREE = 16;
  private static final int MOST_TERMS = 120;

  Polynomial {
    SortedMap<Monomial, Rational> kept = new TreeMap<>();
    terms.forEach((monomial, factor) -> {
      if (!factor.isZero()) {
        kept.put(monomial, factor);
      }
    });
    if (highest(kept) > HIGHEST_DEGREE || kept.size() > MOST_TERMS) {
      throw new OutOfReachException("Multiplied out, that has too many terms for me.");
    }
    terms = Collections.unmodifiableSortedMap(kept);
  }

  static Polynomial of(Rational value) {
    return new Polynomial(new TreeMap<>(Map.of(Monomial.NUMBER, value)));
  }

  static Polynomial of(String variable) {
    return term(variable, 1, Rational.ONE);
  }

  static Polynomial term(String variable, int power, Rational factor) {
    return new Polynomial(new TreeMap<>(Map.of(Monomial.of(variable, power), factor)));
  }

  Polynomial plus(Polynomial that) {
    SortedMap<Monomial, Rational> sum = new TreeMap<>(terms);
    that.terms.forEach((monomial, factor) -> sum.merge(monomial, factor, Rational::plus));
    return new Polynomial(sum);
  }

  Polynomial minus(Polynomial that) {
    return plus(that.times(Rational.of(-1)));
  }

  Polynomial times(Rational factor) {
    return times(of(factor));
  }

  Polynomial times(Polynomial that) {
    SortedMap<Monomial, Rational> product = new TreeMap<>();
    terms.forEach((left, a) ->
        that.terms.forEach(
            (right, b) -> product.merge(left.times(right), a.times(b), Rational::plus)));
    return new Polynomial(product);
  }

  Polynomial pow(int exponent) {
    if (isNumber()) {
      return of(number().pow(exponent));
    }
    if ((long) degree() * exponent > HIGHEST_DEGREE) {
      throw new OutOfReachException("That power is too high for me to multiply out.");
    }
    Polynomial product = ONE;
    for (int i = 0; i < exponent; i++) {
      product = product.times(this);
    }
    return product;
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  boolean isNumber() {
    return degree() == 0;
  }

  Rational number() {
    return terms.getOrDefault(Monomial.NUMBER, Rational.ZERO);
  }

  int degree() {
    return highest(terms);
  }

  // The first of them has it.
  private static int highest(SortedMap<Monomial, ?> terms) {
    return terms.isEmpty() ? 0 : terms.firstKey().degree();
  }

  Set<String> variables() {
    Set<String> names = new TreeSet<>();
    terms.keySet().forEach(term -> names.addAll(term.powers().keySet()));
    return names;
  }

  /// What stands before this power of the unknown, in a polynomial of that unknown alone.
  Rational coefficient(String variable, int power) {
    return terms.getOrDefault(Monomial.of(variable, power), Rational.ZERO);
  }

  /// Everything that multiplies exactly this power of the unknown, as a polynomial of the others.
  Polynomial coefficientOf(String variable, int power) {
    SortedMap<Monomial, Rational> picked = new TreeMap<>();
    terms.forEach((monomial, factor) -> {
      if (monomial.degreeIn(variable) == power) {
        Map<String, Integer> rest = new TreeMap<>(monomial.powers());
        rest.remove(variable);
        picked.put(new Monomial(rest), factor);
      }
    });
    return new Polynomial(picked);
  }

  int degreeIn(String variable) {
    return terms.keySet().stream().mapToInt(term -> term.degreeIn(variable)).max().orElse(0);
  }

  /// The value where the unknown has this value; other unknowns stay.
  Polynomial with(String variable, Rational value) {
    Polynomial result = ZERO;
    for (int power = 0; power <= degreeIn(variable); power++) {
      result = result.plus(coefficientOf(variable, power).times(value.pow(power)));
    }
    return result;
  }

  /// The smallest positive whole number that clears all denominators.
  Rational commonDenominator() {
    BigInteger common = BigInteger.ONE;
    for (Rational factor : terms.values()) {
      BigInteger shared = common.gcd(factor.denominator());
      common = common.divide(shared).multiply(factor.denominator());
    }
    return new Rational(common, BigInteger.ONE);
  }

  /// The largest positive rational that divides all coefficients into whole numbers without a
  /// common factor; 1 for the zero polynomial.
  Rational content() {
    Rational clear = commonDenominator();
    BigInteger shared = BigInteger.ZERO;
    for (Rational factor : terms.values()) {
      shared = shared.gcd(factor.times(clear).numerator());
    }
    return shared.signum() == 0
        ? Rational.ONE
        : new Rational(shared, BigInteger.ONE).dividedBy(clear);
  }

  /// The coefficient of the first term as written.
  Rational leading() {
    return isZero() ? Rational.ZERO : terms.firstEntry().getValue();
  }

  String toLatex() {
    if (isZero()) {
      return "0";
    }
    StringBuilder latex = new StringBuilder();
    terms.forEach((monomial, factor) -> append(latex, monomial, factor));
    return latex.toString();
  }

  private static void append(StringBuilder latex, Monomial monomial, Rational factor) {
    if (latex.isEmpty()) {
      latex.append(factor.signum() < 0 ? "-" : "");
    } else {
      latex.append(factor.signum() < 0 ? " - " : " + ");
    }
    String letters = monomial.toLatex();
    boolean bare = factor.abs().isOne() && !letters.isEmpty();
    latex.append(bare ? "" : factor.abs().toLatex()).append(letters);
  }
}
