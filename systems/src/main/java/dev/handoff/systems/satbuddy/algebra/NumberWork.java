package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import dev.handoff.systems.satbuddy.algebra.Expr.Difference;
import dev.handoff.systems.satbuddy.algebra.Expr.Division;
import dev.handoff.systems.satbuddy.algebra.Expr.Negation;
import dev.handoff.systems.satbuddy.algebra.Expr.Num;
import dev.handoff.systems.satbuddy.algebra.Expr.Power;
import dev.handoff.systems.satbuddy.algebra.Expr.Product;
import dev.handoff.systems.satbuddy.algebra.Expr.Root;
import dev.handoff.systems.satbuddy.algebra.Expr.Sum;
import dev.handoff.systems.satbuddy.algebra.Expr.Var;
import java.math.BigInteger;

/// Works out numbers: innermost operations first, and the percentages of everyday questions.
final class NumberWork {
  private static final Rational HUNDRED = Rational.of(100);

  private NumberWork() {}

  static Solved evaluate(Expr expr) {
    Working working = new Working();
    working.step("Start with the expression.", expr.toLatex());
    if (expr instanceof Root(Expr of) && Quotient.number(of).root(2).isEmpty()) {
      return irrationalRoot(working, Quotient.number(of));
    }
    Expr at = expr;
    while (!(at instanceof Num)) {
      showCommonDenominator(working, at);
      at = reduced(at);
      working.step("Work out the innermost operations.", at.toLatex());
    }
    Rational value = ((Num) at).value();
    working.step("Simplify.", value.toLatex());
    return working.answer(value.toLatex(), decimalCheck(expr, value));
  }

  /// Says whether a relation between numbers is true.
  static Solved compare(Relation relation) {
    Rational left = Quotient.number(relation.left());
    Rational right = Quotient.number(relation.right());
    boolean holds = relation.sign().holds(left.compareTo(right));
    Working working = new Working();
    working.step("Start with the statement.", relation.toLatex());
    working.step("Work out both sides.", left.toLatex() + ", \\quad " + right.toLatex());
    return working.answer(
        holds ? "\\text{true}" : "\\text{false}",
        new Step("Check: right side less left side.", right.minus(left).toLatex()));
  }

  private static Solved irrationalRoot(Working working, Rational of) {
    if (!of.isInteger() || of.signum() < 0) {
      throw new OutOfReachException("That root is not a real number that I can simplify.");
    }
    QuadraticRoots.Surd surd = QuadraticRoots.Surd.of(of.numerator());
    BigInteger squared = surd.factor().multiply(surd.factor()).multiply(surd.radicand());
    working.step("Take the square factors out of the root.", surd.toLatex());
    return working.answer(
        surd.toLatex(),
        new Step(
            "Check: squared, it gives the number under the root again.",
            "%s^{2} \\cdot %s = %s".formatted(surd.factor(), surd.radicand(), squared)));
  }

  private static void showCommonDenominator(Working working, Expr expr) {
    boolean plus = expr instanceof Sum;
    Expr left =
        expr instanceof Sum(Expr l, _) ? l : expr instanceof Difference(Expr l, _) ? l : expr;
    Expr right =
        expr instanceof Sum(_, Expr r) ? r : expr instanceof Difference(_, Expr r) ? r : expr;
    if (left instanceof Num(Rational a, _)
        && right instanceof Num(Rational b, _)
        && !a.denominator().equals(b.denominator())) {
      BigInteger shared = a.denominator().gcd(b.denominator());
      BigInteger common = a.denominator().divide(shared).multiply(b.denominator());
      working.step(
          "Bring both to the common denominator \\( " + common + " \\).",
          over(a, common) + (plus ? " + " : " - ") + over(b, common));
    }
  }

  private static String over(Rational value, BigInteger common) {
    BigInteger top = value.numerator().multiply(common.divide(value.denominator()));
    String fraction = "\\frac{" + top.abs() + "}{" + common + "}";
    return top.signum() < 0 ? "\\left(-" + fraction + "\\right)" : fraction;
  }

  /// Replaces every operation whose parts are numbers by its value.
  private static Expr reduced(Expr expr) {
    return switch (expr) {
      case Num(Rational value, _) -> Num.of(value);
      case Var(String name) -> throw new OutOfReachException(name + " has no value here.");
      case Negation(Expr of) -> of instanceof Num ? value(expr) : new Negation(reduced(of));
      case Root(Expr of) -> of instanceof Num ? value(expr) : new Root(reduced(of));
      case Sum(Expr l, Expr r) -> areNumbers(l, r) ? value(expr) : new Sum(reduced(l), reduced(r));
      case Difference(Expr l, Expr r) ->
          areNumbers(l, r) ? value(expr) : new Difference(reduced(l), reduced(r));
      case Product(Expr l, Expr r) ->
          areNumbers(l, r) ? value(expr) : new Product(reduced(l), reduced(r));
      case Division(Expr l, Expr r) ->
          areNumbers(l, r) ? value(expr) : new Division(reduced(l), reduced(r));
      case Power(Expr l, Expr r) ->
          areNumbers(l, r) ? value(expr) : new Power(reduced(l), reduced(r));
    };
  }

  private static boolean areNumbers(Expr left, Expr right) {
    return left instanceof Num && right instanceof Num;
  }

  private static Num value(Expr expr) {
    return Num.of(Quotient.number(expr));
  }

  private static Step decimalCheck(Expr expr, Rational value) {
    String relation = value.isShortDecimal() ? " = " : " \\approx ";
    return value.isInteger()
        ? new Step("Check.", expr.toLatex() + " = " + value.toLatex())
        : new Step(
            "Check as a decimal.",
            expr.toLatex() + " = " + value.toLatex() + relation + value.toDecimal());
  }

  static Solved percentOf(Rational percent, Rational whole) {
    Rational part = percent.times(whole).dividedBy(HUNDRED);
    String p = percent.toLatex();
    String w = whole.toLatex();
    Working working = new Working();
    working.step("Percent means \"out of a hundred\".", p + "\\% = \\frac{" + p + "}{100}");
    working.step("\"Of\" means multiply.", "\\frac{" + p + "}{100} \\cdot " + w);
    working.step("Work it out.", part.toLatex());
    return working.answer(
        part.toLatex(),
        new Step(
            "Check: divide by the whole and take it times 100 to get the percentage back.",
            "\\frac{%s}{%s} \\cdot 100 = %s".formatted(part.toLatex(), w, p)));
  }

  static Solved percentOff(Rational percent, Rational whole) {
    Rational left = HUNDRED.minus(percent);
    Rational price = left.times(whole).dividedBy(HUNDRED);
    Working working = new Working();
    working.step(
        "What is left is the rest of 100 percent.",
        "100\\%% - %s\\%% = %s\\%%".formatted(percent.toLatex(), left.toLatex()));
    working.step(
        "Take that part of the whole.",
        "\\frac{%s}{100} \\cdot %s = %s"
            .formatted(left.toLatex(), whole.toLatex(), price.toLatex()));
    return working.answer(
        price.toLatex(),
        new Step(
            "Check: the reduction and what is left add up to the whole.",
            "%s + %s = %s"
                .formatted(whole.minus(price).toLatex(), price.toLatex(), whole.toLatex())));
  }

  static Solved whatPercent(Rational part, Rational whole) {
    Rational percent = part.times(HUNDRED).dividedBy(whole);
    Working working = new Working();
    working.step(
        "Divide the part by the whole.",
        "\\frac{%s}{%s} = %s"
            .formatted(part.toLatex(), whole.toLatex(), part.dividedBy(whole).toLatex()));
    working.step("Multiply by 100.", percent.toLatex() + "\\%");
    return working.answer(
        percent.toLatex() + "\\%",
        new Step(
            "Check: take that percentage of the whole.",
            "\\frac{%s}{100} \\cdot %s = %s"
                .formatted(percent.toLatex(), whole.toLatex(), part.toLatex())));
  }

  static Solved percentChange(Rational from, Rational to) {
    Rational change = to.minus(from);
    Rational percent = change.times(HUNDRED).dividedBy(from);
    String word = change.signum() < 0 ? "decrease" : "increase";
    Working working = new Working();
    working.step(
        "Find the change.",
        "%s - %s = %s".formatted(to.toLatex(), from.toLatex(), change.toLatex()));
    working.step(
        "Divide it by the starting value and multiply by 100.",
        "\\frac{%s}{%s} \\cdot 100 = %s"
            .formatted(change.toLatex(), from.toLatex(), percent.toLatex()));
    return working.answer(
        percent.abs().toLatex() + "\\% \\text{ " + word + "}",
        new Step(
            "Check: apply the change to the starting value.",
            "%s + \\frac{%s}{100} \\cdot %s = %s"
                .formatted(from.toLatex(), percent.toLatex(), from.toLatex(), to.toLatex())));
  }
}
