package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import dev.handoff.systems.satbuddy.algebra.LinearMoves.Outcome;
import dev.handoff.systems.satbuddy.algebra.LinearMoves.Sides;
import dev.handoff.systems.satbuddy.algebra.Relation.Sign;
import java.util.List;

/// Solves inequalities in one unknown: linear ones and chains such as `1 < 2x + 3 < 7`. Quadratic
/// ones go to [QuadraticInequality].
final class InequalitySolver {
  static final String EVERY_NUMBER = "\\text{every real number}";
  static final String NO_SOLUTION = "\\text{no solution}";

  private final Relation relation;
  private final String unknown;
  private final Working working = new Working();

  private InequalitySolver(Relation relation, String unknown) {
    this.relation = relation;
    this.unknown = unknown;
  }

  static Solved solve(Relation relation, String unknown) {
    return new InequalitySolver(relation, unknown).solve();
  }

  private Solved solve() {
    working.step("Start with the inequality.", relation.toLatex());
    Polynomial left = Quotient.of(relation.left()).whole();
    Polynomial right = Quotient.of(relation.right()).whole();
    working.step("Multiply out and combine like terms.", show(left, right));
    Polynomial all = left.minus(right);
    if (all.degree() > 2) {
      throw new OutOfReachException("The degree of that inequality is too high for me offline.");
    }
    if (all.degree() == 2) {
      return new QuadraticInequality(relation, unknown, working).solve(all);
    }
    if (left.degree() > 1 || right.degree() > 1) {
      working.step("The higher powers cancel.", show(all, Polynomial.ZERO));
      return solveLinear(all, Polynomial.ZERO);
    }
    return solveLinear(left, right);
  }

  private Solved solveLinear(Polynomial left, Polynomial right) {
    return switch (LinearMoves.isolate(working, unknown, new Sides(left, relation.sign(), right))) {
      case Outcome.Isolated(Sign sign, Rational bound) -> {
        Rational inside = bound.plus(Rational.of(sign.isUpwards() ? 1 : -1));
        yield working.answer(
            unknown + " " + sign.latex() + " " + bound.toLatex(),
            Working.substituted(relation, unknown, inside));
      }
      case Outcome.Always _ ->
          working.answer(EVERY_NUMBER, Working.substituted(relation, unknown, Rational.ZERO));
      case Outcome.Never _ ->
          working.answer(
              NO_SOLUTION,
              new Step(
                  "Check: take the unknown from both sides; what is left is false.",
                  show(Polynomial.of(left.number()), Polynomial.of(right.number()))));
    };
  }

  /// Solves `a < linear < b` as two inequalities that must both hold.
  static Solved solveChain(List<Relation> chain, String unknown) {
    Relation first = chain.getFirst();
    Relation last = chain.getLast();
    Working working = new Working();
    working.step(
        "Start with the inequality.",
        first.toLatex() + " " + last.sign().latex() + " " + last.right().toLatex());
    working.step("Take it as two inequalities. The first one:", first.toLatex());
    Outcome.Isolated one = isolate(working, first, unknown);
    working.step("The second one:", last.toLatex());
    Outcome.Isolated other = isolate(working, last, unknown);
    if (one.sign().isUpwards() == other.sign().isUpwards()) {
      throw new OutOfReachException("I could not read that chain of inequalities.");
    }
    Outcome.Isolated low = one.sign().isUpwards() ? one : other;
    Outcome.Isolated high = one.sign().isUpwards() ? other : one;
    if (isEmpty(low, high)) {
      return working.answer(
          NO_SOLUTION, new Step("Check: no number satisfies both parts.", first.toLatex()));
    }
    Rational middle = low.bound().plus(high.bound()).dividedBy(Rational.of(2));
    return working.answer(between(low, unknown, high), Working.substituted(first, unknown, middle));
  }

  private static boolean isEmpty(Outcome.Isolated low, Outcome.Isolated high) {
    boolean closed = low.sign() == Sign.AT_LEAST && high.sign() == Sign.AT_MOST;
    int compared = low.bound().compareTo(high.bound());
    return compared > 0 || (compared == 0 && !closed);
  }

  private static String between(Outcome.Isolated low, String unknown, Outcome.Isolated high) {
    return "%s %s %s %s %s"
        .formatted(
            low.bound().toLatex(),
            low.sign().flipped().latex(),
            unknown,
            high.sign().latex(),
            high.bound().toLatex());
  }

  private static Outcome.Isolated isolate(Working working, Relation relation, String unknown) {
    Polynomial left = Quotient.of(relation.left()).whole();
    Polynomial right = Quotient.of(relation.right()).whole();
    boolean isLinear = left.degree() <= 1 && right.degree() <= 1 && !relation.isEquation();
    if (isLinear
        && LinearMoves.isolate(working, unknown, new Sides(left, relation.sign(), right))
            instanceof Outcome.Isolated isolated) {
      return isolated;
    }
    throw new OutOfReachException("I can only do chains of linear inequalities offline.");
  }

  private String show(Polynomial left, Polynomial right) {
    return left.toLatex() + " " + relation.sign().latex() + " " + right.toLatex();
  }
}
