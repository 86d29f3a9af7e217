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

final class ExprLatex {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int POWER = 3;
  private static final int ATOM = 4;

  private ExprLatex() {}

  static String of(Expr expr) {
    return switch (expr) {
      case Num(_, String latex) -> latex;
      case Var(String name) -> name;
      case Negation(Expr of) -> "-" + atLeast(PRODUCT, of, true);
      case Root(Expr of) -> "\\sqrt{" + of(of) + "}";
      case Sum(Expr left, Expr right) -> of(left) + " + " + atLeast(SUM, right, true);
      case Difference(Expr left, Expr right) -> of(left) + " - " + atLeast(PRODUCT, right, true);
      case Product(Expr left, Expr right) -> product(left, right);
      case Division(Expr left, Expr right) -> "\\frac{" + of(left) + "}{" + of(right) + "}";
      case Power(Expr base, Expr exponent) -> atLeast(ATOM, base, true) + "^{" + of(exponent) + "}";
    };
  }

  private static String product(Expr left, Expr right) {
    String first = atLeast(PRODUCT, left, false);
    String second = atLeast(PRODUCT, right, true);
    boolean needsDot = Character.isDigit(second.charAt(0)) || second.startsWith("\\frac");
    return first + (needsDot ? " \\cdot " : "") + second;
  }

  private static String atLeast(int binding, Expr expr, boolean bracketMinus) {
    String latex = of(expr);
    boolean loose = binding(expr) < binding || (bracketMinus && latex.startsWith("-"));
    return loose ? "\\left(" + latex + "\\right)" : latex;
  }

  private static int binding(Expr expr) {
    return switch (expr) {
      case Sum _, Difference _ -> SUM;
      case Negation _, Product _ -> PRODUCT;
      case Power _, Division _ -> POWER;
      case Num(Rational value, _) -> value.isInteger() ? ATOM : POWER;
      case Var _, Root _ -> ATOM;
    };
  }
}
