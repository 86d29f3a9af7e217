package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.Expr.Difference;
import dev.handoff.systems.satbuddy.algebra.Expr.Division;
import dev.handoff.systems.satbuddy.algebra.Expr.Negation;
import dev.handoff.systems.satbuddy.algebra.Expr.Num;
import dev.handoff.systems.satbuddy.algebra.Expr.Power;
import dev.handoff.systems.satbuddy.algebra.Expr.Product;
import dev.handoff.systems.satbuddy.algebra.Expr.Root;
import dev.handoff.systems.satbuddy.algebra.Expr.Sum;
import dev.handoff.systems.satbuddy.algebra.Expr.Var;

/// One polynomial over another: what every expression without roots of unknowns comes down to. Only
/// numbers are cancelled.
record Quotient(Polynomial top, Polynomial bottom) {

  Quotient {
    if (bottom.isZero()) {
      throw new OutOfReachException("Division by zero is not defined.");
    }
    if (bottom.isNumber() && !bottom.equals(Polynomial.ONE)) {
      top = top.times(Rational.ONE.dividedBy(bottom.number()));
      bottom = Polynomial.ONE;
    }
  }

  private static Quotient whole(Polynomial polynomial) {
    return new Quotient(polynomial, Polynomial.ONE);
  }

  static Quotient of(Expr expr) {
    return switch (expr) {
      case Num(Rational value, _) -> whole(Polynomial.of(value));
      case Var(String name) -> whole(Polynomial.of(name));
      case Negation(Expr of) -> of(of).times(whole(Polynomial.of(Rational.of(-1))));
      case Sum(Expr left, Expr right) -> of(left).plus(of(right));
      case Difference(Expr left, Expr right) -> of(new Sum(left, new Negation(right)));
      case Product(Expr left, Expr right) -> of(left).times(of(right));
      case Division(Expr left, Expr right) -> of(left).times(of(right).reciprocal());
      case Power(Expr base, Expr exponent) -> of(base).pow(number(exponent));
      case Root(Expr of) -> whole(Polynomial.of(root(number(of), 2)));
    };
  }

  /// The expression's value; refuses unknowns.
  static Rational number(Expr expr) {
    Quotient value = of(expr);
    if (!value.top().isNumber() || !value.isWhole()) {
      throw new OutOfReachException(
          "Unknowns under a root or in an exponent are beyond me when I am offline.");
    }
    return value.top().number();
  }

  private static Rational root(Rational of, int degree) {
    return of.root(degree)
        .orElseThrow(() -> new OutOfReachException("That root is not a rational number."));
  }

  boolean isWhole() {
    return bottom.isNumber();
  }

  /// The polynomial; refuses unknowns in a denominator.
  Polynomial whole() {
    if (!isWhole()) {
      throw new OutOfReachException("Unknowns in a denominator are beyond me here.");
    }
    return top;
  }

  private Quotient plus(Quotient that) {
    if (bottom.equals(that.bottom)) {
      return new Quotient(top.plus(that.top), bottom);
    }
    return new Quotient(
        top.times(that.bottom).plus(that.top.times(bottom)), bottom.times(that.bottom));
  }

  private Quotient times(Quotient that) {
    return new Quotient(top.times(that.top), bottom.times(that.bottom));
  }

  private Quotient reciprocal() {
    return new Quotient(bottom, top);
  }

  private Quotient pow(Rational exponent) {
    if (!exponent.isInteger()) {
      return fractionalPower(exponent);
    }
    if (exponent.numerator().bitLength() > 20) {
      throw new OutOfReachException("That power is too large to write down.");
    }
    int power = exponent.numerator().intValue();
    if (power < 0) {
      return reciprocal().pow(exponent.negate());
    }
    return new Quotient(top.pow(power), bottom.pow(power));
  }

  private Quotient fractionalPower(Rational exponent) {
    int degree = exponent.denominator().bitLength() > 4 ? 0 : exponent.denominator().intValue();
    if (!top.isNumber() || !isWhole() || (degree != 2 && degree != 3)) {
      throw new OutOfReachException("That fractional power is beyond me when I am offline.");
    }
    Quotient root = whole(Polynomial.of(root(top.number(), degree)));
    return root.pow(new Rational(exponent.numerator(), java.math.BigInteger.ONE));
  }
}
