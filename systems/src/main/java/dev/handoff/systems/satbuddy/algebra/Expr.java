package dev.handoff.systems.satbuddy.algebra;

import java.util.Set;
import java.util.TreeSet;

/// An expression as it was written. Trees are at most as deep as the parser allows.
sealed interface Expr {

  /// A number; a literal keeps the way it was written, such as `0.50`.
  record Num(Rational value, String latex) implements Expr {
    static Num of(Rational value) {
      return new Num(value, value.toLatex());
    }
  }

  /// An unknown with a one-letter name.
  record Var(String name) implements Expr {}

  record Negation(Expr of) implements Expr {}

  record Sum(Expr left, Expr right) implements Expr {}

  record Difference(Expr left, Expr right) implements Expr {}

  record Product(Expr left, Expr right) implements Expr {}

  record Division(Expr left, Expr right) implements Expr {}

  record Power(Expr base, Expr exponent) implements Expr {}

  record Root(Expr of) implements Expr {}

  default Set<String> variables() {
    Set<String> names = new TreeSet<>();
    collect(this, names);
    return names;
  }

  private static void collect(Expr expr, Set<String> names) {
    switch (expr) {
      case Num _ -> {}
      case Var(String name) -> names.add(name);
      case Negation(Expr of) -> collect(of, names);
      case Root(Expr of) -> collect(of, names);
      case Sum(Expr left, Expr right) -> collectBoth(left, right, names);
      case Difference(Expr left, Expr right) -> collectBoth(left, right, names);
      case Product(Expr left, Expr right) -> collectBoth(left, right, names);
      case Division(Expr left, Expr right) -> collectBoth(left, right, names);
      case Power(Expr base, Expr exponent) -> collectBoth(base, exponent, names);
    }
  }

  private static void collectBoth(Expr left, Expr right, Set<String> names) {
    collect(left, names);
    collect(right, names);
  }

  /// The same expression with a number in the place of an unknown.
  default Expr with(String variable, Rational value) {
    return switch (this) {
      case Num num -> num;
      case Var(String name) -> name.equals(variable) ? Num.of(value) : this;
      case Negation(Expr of) -> new Negation(of.with(variable, value));
      case Root(Expr of) -> new Root(of.with(variable, value));
      case Sum(Expr l, Expr r) -> new Sum(l.with(variable, value), r.with(variable, value));
      case Difference(Expr l, Expr r) ->
          new Difference(l.with(variable, value), r.with(variable, value));
      case Product(Expr l, Expr r) -> new Product(l.with(variable, value), r.with(variable, value));
      case Division(Expr l, Expr r) ->
          new Division(l.with(variable, value), r.with(variable, value));
      case Power(Expr b, Expr e) -> new Power(b.with(variable, value), e.with(variable, value));
    };
  }

  /// As LaTeX, with the brackets it needs.
  default String toLatex() {
    return ExprLatex.of(this);
  }
}
