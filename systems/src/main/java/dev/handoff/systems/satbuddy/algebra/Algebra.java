package dev.handoff.systems.satbuddy.algebra;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.NotUnderstood;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import dev.handoff.systems.satbuddy.algebra.LineWork.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a question of school algebra in a pupil's words or LaTeX and solves it exactly: equations
/// up to the second degree (and higher ones with rational roots), two linear equations,
/// inequalities, numbers, percentages, lines through two points, function values, expanding and
/// factoring. It says so when it does not understand, and never guesses. Stateless; any text ends
/// in well under a second.
public final class Algebra {
  private static final int MOST_CHARACTERS = 4000;
  private static final int MOST_OTHER_WORDS = 4;
  private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?|-?\\.\\d+)";
  private static final Pattern POINTS = Pattern.compile(point() + "[^()]{1,20}" + point());
  private static final Pattern CHOICES = Pattern.compile("(?s)\\s\\(?A[).]\\s.*\\sB[).]\\s.*");
  private static final Pattern TARGET = Pattern.compile("(?i)\\b(?:for|isolate) ([a-z])\\b");
  private static final Pattern RELATION = Pattern.compile("[=<>≤≥]");

  /// Words that ask for a calculation without adding anything to it.
  private static final Set<String> COMMANDS =
      Set.of(
          """
          what whats what's is are the value of evaluate calculate compute simplify
          simplified expand expanded multiply factor factorise factorize factored
          solve solving solution solutions solves find please can could would you help
          me with how do does i we us answer answers to this these that expression
          equation equations inequality system for in and or then if when so following
          given let get work out result equal show steps step by using simplest form
          fully completely root roots quadratic linear formula thanks thank hi hello
          hey real number numbers all values it a an as check my just now how's its
          have has be must set satisfies satisfy true which determine both sides
          unknown variable function
          """
              .strip()
              .split("\\s+"));

  private Algebra() {}

  private static String point() {
    return "\\(\\s*" + NUMBER + "\\s*,\\s*" + NUMBER + "\\s*\\)";
  }

  /// Solves what the text asks. Texts longer than 4,000 characters are not read.
  public static AlgebraAnswer solve(String text) {
    try {
      if (text.length() > MOST_CHARACTERS) {
        throw new OutOfReachException("That text is too long for me.");
      }
      Matcher choices = CHOICES.matcher(text);
      return answer(choices.find() ? text.substring(0, choices.start()) : text);
    } catch (OutOfReachException e) {
      return new NotUnderstood(e.reason());
    }
  }

  private static Solved answer(String text) {
    Optional<Solved> special = twoPoints(text);
    if (special.isPresent()) {
      return special.get();
    }
    String plain = MathNotation.plain(text);
    return PercentQuestions.answer(plain)
        .or(() -> FunctionQuestions.answer(plain))
        .orElseGet(() -> general(plain));
  }

  private static Optional<Solved> twoPoints(String text) {
    Matcher matcher = POINTS.matcher(text.replace('−', '-'));
    boolean asks = text.toLowerCase(java.util.Locale.ROOT).matches("(?s).*(slope|line|through).*");
    if (!asks || !matcher.find()) {
      return Optional.empty();
    }
    Point p = new Point(number(matcher.group(1)), number(matcher.group(2)));
    Point q = new Point(number(matcher.group(3)), number(matcher.group(4)));
    return Optional.of(LineWork.through(p, q));
  }

  static Rational number(String digits) {
    return digits.startsWith("-")
        ? Rational.parse(digits.substring(1)).negate()
        : Rational.parse(digits);
  }

  private static Solved general(String plain) {
    MathText text = MathText.of(plain);
    if (text.isStrange()) {
      throw new OutOfReachException("There is notation in that which I cannot read offline.");
    }
    List<List<Relation>> relations = new ArrayList<>();
    List<Expr> expressions = new ArrayList<>();
    for (String piece : text.pieces()) {
      if (RELATION.matcher(piece).find()) {
        relations.add(ExprParser.relations(piece));
      } else {
        expressions.add(ExprParser.expression(piece));
      }
    }
    if (relations.isEmpty()) {
      return withoutRelation(text, expressions);
    }
    if (text.wordsOutside(COMMANDS).size() > MOST_OTHER_WORDS) {
      throw new OutOfReachException("I can see mathematics, but not for sure what is asked.");
    }
    return withRelations(plain, text, relations, expressions);
  }

  private static Solved withoutRelation(MathText text, List<Expr> expressions) {
    boolean clear = text.wordsOutside(COMMANDS).isEmpty() && expressions.size() == 1;
    if (!clear || expressions.getFirst() instanceof Expr.Num) {
      throw new OutOfReachException("I see no equation or calculation in that.");
    }
    Expr expr = expressions.getFirst();
    if (expr.variables().isEmpty()) {
      return NumberWork.evaluate(expr);
    }
    boolean factor = text.mentions("factor", "factorise", "factorize", "factored");
    return factor ? Rewriting.factor(expr) : Rewriting.expand(expr);
  }

  private static Solved withRelations(
      String plain, MathText text, List<List<Relation>> relations, List<Expr> expressions) {
    Set<String> unknowns = new TreeSet<>();
    relations.forEach(chain -> chain.forEach(relation -> unknowns.addAll(relation.variables())));
    if (relations.size() == 2 && relations.stream().allMatch(Algebra::isEquation)) {
      return twoEquations(relations, unknowns, expressions);
    }
    if (relations.size() != 1) {
      throw new OutOfReachException("I can solve at most two equations together offline.");
    }
    List<Relation> chain = relations.getFirst();
    if (unknowns.isEmpty() && chain.size() == 1 && text.wordsOutside(COMMANDS).isEmpty()) {
      return NumberWork.compare(chain.getFirst());
    }
    if (unknowns.size() == 1) {
      return inOneUnknown(chain, unknowns.iterator().next(), expressions);
    }
    if (chain.size() != 1 || !chain.getFirst().isEquation() || unknowns.isEmpty()) {
      throw new OutOfReachException("I can only solve inequalities with one unknown offline.");
    }
    return inSeveralUnknowns(plain, text, chain.getFirst(), unknowns);
  }

  private static Solved inOneUnknown(List<Relation> chain, String unknown, List<Expr> expressions) {
    Relation first = chain.getFirst();
    Optional<Expr> wanted = expressions.stream().filter(e -> !(e instanceof Expr.Num)).findFirst();
    if (wanted.isPresent() && chain.size() == 1 && first.isEquation()) {
      return ValueAtSolution.answer(first, unknown, wanted.get());
    }
    if (first.left() instanceof Expr.Var && first.right() instanceof Expr.Num) {
      throw new OutOfReachException("That is solved already.");
    }
    if (chain.size() == 2) {
      return InequalitySolver.solveChain(chain, unknown);
    }
    if (chain.size() > 2) {
      throw new OutOfReachException("I could not read that chain of signs.");
    }
    return first.isEquation()
        ? EquationSolver.solve(first, unknown)
        : InequalitySolver.solve(first, unknown);
  }

  private static Solved inSeveralUnknowns(
      String plain, MathText text, Relation equation, Set<String> unknowns) {
    Matcher target = TARGET.matcher(plain);
    if (target.find() && unknowns.contains(target.group(1))) {
      return Isolating.solve(equation, target.group(1));
    }
    if (unknowns.equals(Set.of("x", "y")) && text.mentions("slope", "intercept", "graph", "line")) {
      return LineWork.describe(equation);
    }
    throw new OutOfReachException(
        "That equation has several unknowns; tell me which one to solve for.");
  }

  private static Solved twoEquations(
      List<List<Relation>> relations, Set<String> unknowns, List<Expr> expressions) {
    List<Expr> asked = expressions.stream().filter(e -> !(e instanceof Expr.Num)).toList();
    boolean inThose = asked.stream().allMatch(e -> unknowns.containsAll(e.variables()));
    if (unknowns.size() != 2 || asked.size() > 1 || !inThose) {
      throw new OutOfReachException("I can solve two equations in two unknowns offline.");
    }
    List<Relation> equations = relations.stream().map(List::getFirst).toList();
    return SystemSolver.solve(
        equations, List.copyOf(new TreeSet<>(unknowns)), asked.stream().findFirst());
  }

  private static boolean isEquation(List<Relation> chain) {
    return chain.size() == 1 && chain.getFirst().isEquation();
  }
}
