package dev.handoff.systems.satbuddy.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/// An exact fraction in lowest terms with a positive denominator. Neither part may exceed 4,096
/// bits; what would is refused before it is computed.
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  public static final Rational ZERO = of(0);

  public static final Rational ONE = of(1);

  private static final int MOST_BITS = 4096;

  /// Reduces; refuses a denominator of zero and numbers that are too large.
  public Rational {
    if (denominator.signum() == 0) {
      throw new OutOfReachException("Division by zero is not defined.");
    }
    BigInteger shared = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      shared = shared.negate();
    }
    numerator = numerator.divide(shared);
    denominator = denominator.divide(shared);
    if (numerator.bitLength() > MOST_BITS || denominator.bitLength() > MOST_BITS) {
      throw tooLarge();
    }
  }

  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /// Reads digits with at most one decimal point, such as `12`, `0.5` or `.25`.
  static Rational parse(String digits) {
    BigDecimal value = new BigDecimal(digits);
    return new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  public Rational plus(Rational that) {
    return new Rational(
        numerator.multiply(that.denominator).add(that.numerator.multiply(denominator)),
        denominator.multiply(that.denominator));
  }

  public Rational minus(Rational that) {
    return plus(that.negate());
  }

  public Rational times(Rational that) {
    return new Rational(numerator.multiply(that.numerator), denominator.multiply(that.denominator));
  }

  /// The quotient; dividing by zero is refused.
  public Rational dividedBy(Rational that) {
    return new Rational(numerator.multiply(that.denominator), denominator.multiply(that.numerator));
  }

  public Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  public Rational abs() {
    return signum() < 0 ? negate() : this;
  }

  /// A whole power; negative exponents take the reciprocal.
  public Rational pow(int exponent) {
    if (exponent < 0) {
      return ONE.dividedBy(this).pow(-exponent);
    }
    long bits = (long) Math.max(numerator.bitLength(), denominator.bitLength()) * exponent;
    if (bits > 2L * MOST_BITS && !numerator.abs().equals(denominator) && signum() != 0) {
      throw tooLarge();
    }
    boolean trivial = signum() == 0 || numerator.abs().equals(denominator);
    int effective = trivial ? (exponent == 0 ? 0 : 2 - (exponent & 1)) : exponent;
    return new Rational(numerator.pow(effective), denominator.pow(effective));
  }

  /// The exact root of this degree (2 or 3), when it is rational.
  Optional<Rational> root(int degree) {
    if (degree % 2 == 0 && signum() < 0) {
      return Optional.empty();
    }
    BigInteger top = rootOf(numerator, degree);
    BigInteger bottom = rootOf(denominator, degree);
    boolean exact = top.pow(degree).equals(numerator) && bottom.pow(degree).equals(denominator);
    return exact ? Optional.of(new Rational(top, bottom)) : Optional.empty();
  }

  private static BigInteger rootOf(BigInteger value, int degree) {
    if (degree == 2) {
      return value.sqrt();
    }
    BigInteger size = value.abs();
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(size.bitLength() / 3 + 1);
    while (low.compareTo(high) < 0) {
      BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
      if (middle.pow(3).compareTo(size) <= 0) {
        low = middle;
      } else {
        high = middle.subtract(BigInteger.ONE);
      }
    }
    return value.signum() < 0 ? low.negate() : low;
  }

  public int signum() {
    return numerator.signum();
  }

  public boolean isZero() {
    return signum() == 0;
  }

  public boolean isOne() {
    return equals(ONE);
  }

  /// Whether there is no fractional part.
  public boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  @Override
  public int compareTo(Rational that) {
    return numerator.multiply(that.denominator).compareTo(that.numerator.multiply(denominator));
  }

  /// `-\frac{3}{4}`, or plain digits for a whole number.
  public String toLatex() {
    if (isInteger()) {
      return numerator.toString();
    }
    String sign = signum() < 0 ? "-" : "";
    return sign + "\\frac{" + numerator.abs() + "}{" + denominator + "}";
  }

  /// `-3/4`, or plain digits for a whole number.
  public String toPlain() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }

  /// As a decimal with at most six significant digits, for comparison.
  String toDecimal() {
    BigDecimal value =
        new BigDecimal(numerator)
            .divide(new BigDecimal(denominator), new MathContext(6, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    return value.scale() < 0 && value.precision() - value.scale() <= 30
        ? value.toPlainString()
        : value.toString().replaceFirst("E\\+?(-?\\d+)", " \\\\cdot 10^{$1}");
  }

  /// Whether the decimal is exact within six digits.
  boolean isShortDecimal() {
    return times(of(1_000_000)).isInteger() && abs().compareTo(of(1000)) < 0;
  }

  private static OutOfReachException tooLarge() {
    return new OutOfReachException("The numbers in this become too large to write down.");
  }
}
