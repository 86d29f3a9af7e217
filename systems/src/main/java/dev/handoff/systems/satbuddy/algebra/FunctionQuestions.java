package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises `f(x) = 2x + 3, what is f(4)?` and `… for which x is f(x) = 11?`.
final class FunctionQuestions {
  private static final Pattern DEFINITION =
      Pattern.compile("\\b([fgh])\\s?\\(([a-z])\\)\\s?=([-+*/^() 0-9.a-z√⁄]{1,200})");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(?:\\.\\d{1,20})?");

  private FunctionQuestions() {}

  /// The answer, when the text (in plain notation) is such a question.
  static Optional<Solved> answer(String plain) {
    Matcher definition = DEFINITION.matcher(plain);
    if (!definition.find()) {
      return Optional.empty();
    }
    String name = definition.group(1);
    String unknown = definition.group(2);
    MathText body = MathText.of(definition.group(3));
    if (body.pieces().isEmpty()) {
      return Optional.empty();
    }
    Expr expr = ExprParser.expression(body.pieces().getFirst());
    String rest =
        plain.substring(0, definition.start()) + " ; " + plain.substring(definition.end());
    String after = definition.group(3) + " " + rest;
    return value(name, unknown, expr, after).or(() -> preimage(name, unknown, expr, after));
  }

  private static Optional<Solved> value(String name, String unknown, Expr expr, String rest) {
    Matcher asked =
        Pattern.compile("\\b" + name + "\\s?\\(\\s?(" + NUMBER.pattern() + ")\\s?\\)")
            .matcher(rest);
    if (!asked.find()) {
      return Optional.empty();
    }
    Rational at = Algebra.number(asked.group(1));
    Expr filled = expr.with(unknown, at);
    String call = name + "\\left(" + at.toLatex() + "\\right)";
    Rational value = Quotient.number(filled);
    Working working = new Working();
    working.step("Start with the function.", name + "(" + unknown + ") = " + expr.toLatex());
    working.step(
        "Put \\( %s \\) in the place of \\( %s \\).".formatted(at.toLatex(), unknown),
        call + " = " + filled.toLatex());
    working.step("Work it out.", call + " = " + value.toLatex());
    Polynomial all = Quotient.of(expr).whole();
    return Optional.of(
        working.answer(
            call + " = " + value.toLatex(),
            new Step(
                "Check: multiplied out first, the function gives the same.",
                all.toLatex() + " \\;\\to\\; " + all.with(unknown, at).toLatex())));
  }

  private static Optional<Solved> preimage(String name, String unknown, Expr expr, String rest) {
    Matcher asked =
        Pattern.compile(
                "\\b%s\\s?\\(\\s?%s\\s?\\)\\s?=\\s?(%s)".formatted(name, unknown, NUMBER.pattern()))
            .matcher(rest);
    if (!asked.find()) {
      return Optional.empty();
    }
    Expr wanted = Expr.Num.of(Algebra.number(asked.group(1)));
    return Optional.of(
        EquationSolver.solve(new Relation(expr, Relation.Sign.EQUAL, wanted), unknown));
  }
}
