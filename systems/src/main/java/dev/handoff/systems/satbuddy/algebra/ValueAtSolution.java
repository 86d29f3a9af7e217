package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import java.util.Set;

/// Answers "if 2x + 3 = 11, what is 4x?": solves first, then puts the solution into what is asked.
final class ValueAtSolution {
  private ValueAtSolution() {}

  static Solved answer(Relation equation, String unknown, Expr wanted) {
    if (!wanted.variables().equals(Set.of(unknown))) {
      throw new OutOfReachException("I could not tell what is asked about that equation.");
    }
    if (wanted instanceof Expr.Var) {
      return EquationSolver.solve(equation, unknown);
    }
    Rational solution =
        EquationSolver.onlySolution(equation, unknown)
            .orElseThrow(
                () -> new OutOfReachException("That equation does not fix one value to put in."));
    Working working = new Working();
    EquationSolver.solve(equation, unknown)
        .steps()
        .forEach(step -> working.step(step.sentence(), step.latex()));
    Expr filled = wanted.with(unknown, solution);
    String value = Quotient.number(filled).toLatex();
    working.step(
        "Put that into \\( " + wanted.toLatex() + " \\).", filled.toLatex() + " = " + value);
    return working.answer(
        wanted.toLatex() + " = " + value, Working.substituted(equation, unknown, solution));
  }
}
