package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.Relation.Sign;

/// Isolates the unknown in a relation whose sides are linear, one move at a time.
final class LinearMoves {
  private final Working working;
  private final String unknown;
  private Polynomial left;
  private Sign sign;
  private Polynomial right;

  private LinearMoves(Working working, String unknown, Sides start) {
    this.working = working;
    this.unknown = unknown;
    this.left = start.left();
    this.sign = start.sign();
    this.right = start.right();
  }

  /// A relation with both sides multiplied out.
  record Sides(Polynomial left, Sign sign, Polynomial right) {}

  /// Where the moves lead: `unknown sign bound`, or, when the unknown drops out, a statement about
  /// numbers that is always or never true.
  sealed interface Outcome {
    record Isolated(Sign sign, Rational bound) implements Outcome {}

    record Always() implements Outcome {}

    record Never() implements Outcome {}
  }

  static Outcome isolate(Working working, String unknown, Sides start) {
    return new LinearMoves(working, unknown, start).isolate();
  }

  private Outcome isolate() {
    clearFractions();
    swapWhenOnlyRightHasTheUnknown();
    moveUnknowns();
    moveNumbers();
    Rational factor = left.coefficient(unknown, 1);
    if (factor.isZero()) {
      boolean holds = sign.holds(left.number().compareTo(right.number()));
      return holds ? new Outcome.Always() : new Outcome.Never();
    }
    divide(factor);
    return new Outcome.Isolated(sign, right.number());
  }

  private void clearFractions() {
    Rational clear = lcm(left.commonDenominator(), right.commonDenominator());
    if (!clear.isOne()) {
      left = left.times(clear);
      right = right.times(clear);
      show("Multiply both sides by \\( " + clear.toLatex() + " \\) to clear the fractions.");
    }
  }

  private static Rational lcm(Rational a, Rational b) {
    return new Rational(
        a.numerator().multiply(b.numerator()).divide(a.numerator().gcd(b.numerator())),
        java.math.BigInteger.ONE);
  }

  private void swapWhenOnlyRightHasTheUnknown() {
    if (left.isNumber() && !right.isNumber()) {
      Polynomial swapped = left;
      left = right;
      right = swapped;
      sign = sign.flipped();
      show("Swap the sides, so that \\( " + unknown + " \\) is on the left.");
    }
  }

  private void moveUnknowns() {
    Rational onRight = right.coefficient(unknown, 1);
    if (!onRight.isZero()) {
      move(Polynomial.term(unknown, 1, onRight), onRight.signum());
    }
  }

  private void moveNumbers() {
    if (!left.number().isZero() && !left.isNumber()) {
      move(Polynomial.of(left.number()), left.number().signum());
    }
  }

  private void move(Polynomial term, int signum) {
    left = left.minus(term);
    right = right.minus(term);
    Polynomial shown = term.times(Rational.of(signum));
    String verb = signum > 0 ? "Subtract \\( %s \\) from" : "Add \\( %s \\) to";
    show(verb.formatted(shown.toLatex()) + " both sides.");
  }

  private void divide(Rational factor) {
    if (factor.isOne()) {
      return;
    }
    left = left.times(Rational.ONE.dividedBy(factor));
    right = right.times(Rational.ONE.dividedBy(factor));
    boolean turns = factor.signum() < 0 && sign != Sign.EQUAL;
    if (turns) {
      sign = sign.flipped();
    }
    show(
        "Divide both sides by \\( "
            + factor.toLatex()
            + " \\)"
            + (turns ? ", which is negative, so the sign turns around." : "."));
  }

  private void show(String sentence) {
    working.step(sentence, left.toLatex() + " " + sign.latex() + " " + right.toLatex());
  }
}
