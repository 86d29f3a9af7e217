package dev.handoff.systems.satbuddy.algebra;

import java.util.Set;
import java.util.TreeSet;

/// Two expressions and how they compare.
record Relation(Expr left, Sign sign, Expr right) {

  enum Sign {
    EQUAL("="),
    LESS("<"),
    AT_MOST("\\le"),
    GREATER(">"),
    AT_LEAST("\\ge");

    private final String latex;

    Sign(String latex) {
      this.latex = latex;
    }

    String latex() {
      return latex;
    }

    /// The sign after both sides were multiplied by a negative number.
    Sign flipped() {
      return switch (this) {
        case EQUAL -> EQUAL;
        case LESS -> GREATER;
        case AT_MOST -> AT_LEAST;
        case GREATER -> LESS;
        case AT_LEAST -> AT_MOST;
      };
    }

    /// Whether the left side is the larger one.
    boolean isUpwards() {
      return this == GREATER || this == AT_LEAST;
    }

    /// Whether the sign is true of a comparison's result.
    boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case GREATER -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  boolean isEquation() {
    return sign == Sign.EQUAL;
  }

  Set<String> variables() {
    Set<String> names = new TreeSet<>(left.variables());
    names.addAll(right.variables());
    return names;
  }

  Relation with(String variable, Rational value) {
    return new Relation(left.with(variable, value), sign, right.with(variable, value));
  }

  String toLatex() {
    return left.toLatex() + " " + sign.latex() + " " + right.toLatex();
  }
}
