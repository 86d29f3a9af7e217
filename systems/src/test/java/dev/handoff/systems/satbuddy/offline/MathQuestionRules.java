package dev.handoff.systems.satbuddy.offline;

import dev.handoff.systems.satbuddy.algebra.Algebra;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntUnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Judges the options of a mathematics question from its text alone, by other means than those that
/// made it: trying values, counting cases, or putting an option back into the question.
final class MathQuestionRules {
  private static final String N = "(-?\\d+)";
  private static final double CLOSE = 1e-9;

  private record Rule(Pattern pattern, BiPredicate<MatchResult, String> isRight) {}

  private static final List<Rule> RULES = new ArrayList<>();

  private MathQuestionRules() {}

  static {
    advanced();
    algebra();
    data();
    geometry();
  }

  /// The options that are right, by the rule whose text fits; there must be one rule.
  static List<String> rightOptions(PracticeQuestion question) {
    String text = bare(question.question());
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(text);
      if (matcher.find()) {
        MatchResult match = matcher.toMatchResult();
        return question.options().values().stream()
            .filter(option -> rule.isRight().test(match, bare(option)))
            .toList();
      }
    }
    throw new AssertionError("No rule for: " + text);
  }

  private static String bare(String text) {
    return text.replaceAll("\\\\[()\\[\\]]", "")
        .replaceAll("\\\\left|\\\\right", "")
        .replaceAll("\\s+", " ")
        .replaceAll(" ([?.,])", "$1")
        .strip();
  }

  private static void rule(String pattern, BiPredicate<MatchResult, String> isRight) {
    RULES.add(new Rule(Pattern.compile(pattern.replace("#", N)), isRight));
  }

  private static int n(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  /// The value of an option such as `-3`, `\frac{3}{4}`, `12.50 dollars`, `40°` or `3\pi` (over
  /// pi).
  private static double value(String option) {
    String text = option.replaceAll(" dollars|°|\\\\pi", "");
    Matcher fraction = Pattern.compile("(-?)\\\\frac\\{(\\d+)\\}\\{(\\d+)\\}").matcher(text);
    if (fraction.matches()) {
      double size = Double.parseDouble(fraction.group(2)) / Double.parseDouble(fraction.group(3));
      return fraction.group(1).isEmpty() ? size : -size;
    }
    return text.isEmpty() ? 1 : Double.parseDouble(text);
  }

  private static boolean is(String option, double expected) {
    return Math.abs(value(option) - expected) < CLOSE;
  }

  private static String solved(String question) {
    return switch (Algebra.solve(question)) {
      case AlgebraAnswer.Solved solution -> solution.answer();
      case AlgebraAnswer.NotUnderstood no -> no.reason() + ": " + question;
    };
  }

  /// The value of one side of an equation or of a function, by way of the algebra.
  private static double at(String expression, int x) {
    String answer = solved("f(x) = " + expression + " ; f(" + x + ")");
    return value(answer.substring(answer.indexOf('=') + 1).strip());
  }

  private static double[] systemOf(String first, String second) {
    Matcher xy =
        Pattern.compile("x = (\\S+), \\\\; y = (\\S+)").matcher(solved(first + " and " + second));
    if (!xy.matches()) {
      throw new AssertionError(first + " and " + second);
    }
    return new double[] {value(xy.group(1)), value(xy.group(2))};
  }

  private static void algebra() {
    rule(
        "^In the equation kx(.*?) = (.*?), k is a constant. If the equation has no solution",
        (m, o) -> solved("(" + o + ")x" + m.group(1) + " = " + m.group(2)).contains("no solution"));
    rule(
        "^If ([^=]*x[^=]*=.*?), what is the value of (.*x.*)\\?$",
        (m, o) ->
            solved("If " + m.group(1) + ", what is the value of " + m.group(2) + "?")
                .endsWith("= " + o));
    rule(
        "^What value of x satisfies the equation (.*)\\?$",
        (m, o) -> solved(m.group(1)).equals("x = " + o));
    rule(
        "^([^=]+ = #) ([^=]+ = #) What is the value of x in the solution",
        (m, o) -> is(o, systemOf(m.group(1), m.group(3))[0]));
    rule(
        "^([^=]+ = #) ([^=]+ = #) If .x, y. is the solution of this system, what is the value of y",
        (m, o) -> is(o, systemOf(m.group(1), m.group(3))[1]));
    rule(
        "^([^=]+ = #) ([^=]+ = #) What is the value of x \\+ y",
        (m, o) -> {
          double[] xy = systemOf(m.group(1), m.group(3));
          return is(o, xy[0] + xy[1]);
        });
    rule(
        "^(\\d+)x \\+ ky = # (\\d+)x \\+ (\\d+)y = # In this system",
        (m, o) -> is(o, n(m, 1) * (double) n(m, 4) / n(m, 3)));
    rule(
        "^Which of the following is the solution of (.*)\\?$",
        (m, o) -> solved(m.group(1)).equals(o));
    rule(
        "costs # dollars plus # dollars .* at most # dollars",
        (m, o) -> is(o, greatest(h -> n(m, 1) + n(m, 2) * h, n(m, 3))));
    rule(
        "slope of the line through the points .#, #. and .#, #.",
        (m, o) -> is(o, (double) (n(m, 4) - n(m, 2)) / (n(m, 3) - n(m, 1))));
    rule(
        "has slope # and passes through the point .#, #.",
        (m, o) -> is(o, steppedBack(n(m, 1), n(m, 2), n(m, 3))));
    rule(
        "Line .ell has the equation #x \\+ #y = #",
        (m, o) -> Math.abs(value(o) * (-n(m, 1) / (double) n(m, 2)) + 1) < CLOSE);
  }

  private static int greatest(IntUnaryOperator cost, int money) {
    return IntStream.range(0, 1000).filter(h -> cost.applyAsInt(h) <= money).max().orElseThrow();
  }

  /// Walks along the line from its point to x = 0.
  private static int steppedBack(int slope, int x, int y) {
    int height = y;
    for (int at = x; at != 0; at -= Integer.signum(at)) {
      height -= slope * Integer.signum(at);
    }
    return height;
  }

  private static List<Integer> rootsOf(String polynomial) {
    return IntStream.rangeClosed(-40, 40).filter(x -> at(polynomial, x) == 0).boxed().toList();
  }

  private static void advanced() {
    rule(
        "^What is the greater of the two solutions of (.*) = 0\\?$",
        (m, o) -> is(o, rootsOf(m.group(1)).getLast()));
    rule(
        "^What is the sum of the solutions of (.*) = 0\\?$",
        (m, o) -> {
          List<Integer> roots = rootsOf(m.group(1));
          return is(o, roots.getFirst() + roots.getLast());
        });
    rule(
        "x\\^\\{2\\} \\+ #x \\+ k = 0",
        (m, o) -> Math.abs((double) n(m, 1) * n(m, 1) - 4 * value(o)) < CLOSE);
    rule(
        "^What is the minimum value of the function f\\(x\\) = (.*)\\?$",
        (m, o) ->
            is(
                o,
                IntStream.rangeClosed(-20, 20)
                    .mapToDouble(x -> at(m.group(1), x))
                    .min()
                    .orElse(0)));
    rule(
        "^If f\\(x\\) = (.*) and g\\(x\\) = (.*), what is the value of f\\(g\\(#\\)\\)\\?$",
        (m, o) -> is(o, at(m.group(1), (int) at(m.group(2), n(m, 3)))));
    rule(
        "f\\(x\\) = (.*?)(?:,|\\.) [wW]hat is the value of f\\(#\\)",
        (m, o) -> is(o, at(m.group(1), n(m, 2))));
    rule(
        "equivalent to x\\^\\{#\\} .cdot x\\^\\{#\\} for all",
        (m, o) -> atTwo(o).equals(two(n(m, 1)).multiply(two(n(m, 2)))));
    rule(
        "equivalent to .frac\\{\\(x\\^\\{#\\}\\)\\^\\{#\\}\\}\\{x\\^\\{#\\}\\}",
        (m, o) -> atTwo(o).multiply(two(n(m, 3))).equals(two(n(m, 1)).pow(n(m, 2))));
    rule(
        "^If #\\^\\{x\\} = #\\^\\{#\\}, what is",
        (m, o) ->
            Math.abs(value(o) * Math.log(n(m, 1)) - n(m, 3) * Math.log(n(m, 2))) < CLOSE * 100);
  }

  private static BigInteger two(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }

  /// An option such as `2x^{5}` where x is 2.
  private static BigInteger atTwo(String option) {
    Matcher power = Pattern.compile("(\\d*)x(?:\\^\\{(\\d+)\\})?").matcher(option);
    if (!power.matches()) {
      throw new AssertionError(option);
    }
    BigInteger factor = power.group(1).isEmpty() ? BigInteger.ONE : new BigInteger(power.group(1));
    return factor.multiply(two(power.group(2) == null ? 1 : Integer.parseInt(power.group(2))));
  }

  private static void data() {
    rule("^What is #% of #\\?$", (m, o) -> is(o, n(m, 2) / 100.0 * n(m, 1)));
    rule(
        "discount of #%, a jacket costs # dollars",
        (m, o) -> Math.abs(value(o) - value(o) * n(m, 1) / 100 - n(m, 2)) < CLOSE);
    rule(
        "rises by #% in May and falls by #% in June",
        (m, o) -> {
          double end = 1000.0 + 10 * n(m, 1);
          end -= end * n(m, 2) / 100;
          double change = (end - 1000) / 10;
          double said = o.equals("No change") ? 0 : share(o) * (o.contains("decrease") ? -1 : 1);
          return Math.abs(said - change) < CLOSE;
        });
    rule(
        "red to blue marbles is # to #, and there are # marbles",
        (m, o) -> Math.abs(value(o) * n(m, 2) - (n(m, 3) - value(o)) * n(m, 1)) < CLOSE);
    rule(
        "recipe for # people needs # ounces of rice.*needed for # people",
        (m, o) -> is(o, n(m, 3) * (n(m, 2) / (double) n(m, 1))));
    rule(
        "drives # miles .* average speed of # miles per hour .* at # miles per hour",
        (m, o) -> is(o, 2.0 * n(m, 1) / (n(m, 1) / (double) n(m, 2) + n(m, 1) / (double) n(m, 3))));
    rule(
        "mean .average. of the numbers (.*)\\?$",
        (m, o) -> is(o, numbers(m.group(1)).stream().mapToInt(i -> i).average().orElse(0)));
    rule(
        "median of the numbers (.*)\\?$",
        (m, o) -> is(o, numbers(m.group(1)).stream().sorted().toList().get(2)));
    rule(
        "^After # tests Lena's mean score is #\\..*mean of all # tests is #",
        (m, o) -> Math.abs((n(m, 1) * n(m, 2) + value(o)) / n(m, 3) - n(m, 4)) < CLOSE);
    rule(
        "one class # students have a mean score of #; .* class # students have a mean score of #",
        (m, o) ->
            is(
                o,
                IntStream.concat(
                        IntStream.generate(() -> n(m, 2)).limit(n(m, 1)),
                        IntStream.generate(() -> n(m, 4)).limit(n(m, 3)))
                    .average()
                    .orElse(0)));
    rule(
        "holds # red, # blue and # green",
        (m, o) -> is(o, n(m, 1) / (double) (n(m, 1) + n(m, 2) + n(m, 3))));
    rule(
        "grade 12 \\| # \\| # \\| # \\|.*grade 12 is chosen .* student walks",
        (m, o) -> is(o, n(m, 2) / (double) n(m, 3)));
    rule(
        "holds # red and # blue marbles. Two marbles",
        (m, o) -> is(o, bothRed(n(m, 1), n(m, 1) + n(m, 2))));
  }

  private static double share(String text) {
    String percent = text.replaceAll(".* of |%", "");
    int slash = percent.indexOf('/');
    return slash < 0
        ? Double.parseDouble(percent)
        : Double.parseDouble(percent.substring(0, slash))
            / Double.parseDouble(percent.substring(slash + 1));
  }

  private static List<Integer> numbers(String list) {
    return Pattern.compile("\\d+")
        .matcher(list)
        .results()
        .map(r -> Integer.valueOf(r.group()))
        .toList();
  }

  private static double bothRed(int red, int all) {
    int wanted = 0;
    int possible = 0;
    for (int first = 0; first < all; first++) {
      for (int second = 0; second < all; second++) {
        if (first != second) {
          possible++;
          wanted += first < red && second < red ? 1 : 0;
        }
      }
    }
    return wanted / (double) possible;
  }

  private static void geometry() {
    rule("# centimeters long and # centimeters wide", (m, o) -> is(o, n(m, 1) * n(m, 2)));
    rule("base of a triangle is # inches .* is # inches", (m, o) -> is(o, n(m, 1) * n(m, 2) / 2.0));
    rule(
        "is # more than # times its width, and its perimeter is #",
        (m, o) ->
            IntStream.rangeClosed(1, 200)
                .filter(w -> 2 * (w + n(m, 2) * w + n(m, 1)) == n(m, 3))
                .anyMatch(w -> is(o, w * (n(m, 2) * w + n(m, 1)))));
    rule("measure #° and #°", (m, o) -> Math.abs(value(o) + n(m, 1) + n(m, 2) - 180) < CLOSE);
    rule("legs of a right triangle are # and #", (m, o) -> is(o, Math.hypot(n(m, 1), n(m, 2))));
    rule(
        "hypotenuse of a right triangle is # and one leg is #",
        (m, o) -> Math.abs(Math.hypot(value(o), n(m, 2)) - n(m, 1)) < CLOSE);
    rule(
        "AB = #, BC = # and DE = (\\S+), what is",
        (m, o) -> Math.abs(value(o) / value(m.group(3)) - n(m, 2) / (double) n(m, 1)) < CLOSE);
    rule("area of a circle with radius #", (m, o) -> is(o, n(m, 1) * n(m, 1)));
    rule("circumference of a circle with radius #", (m, o) -> is(o, 2 * n(m, 1)));
    rule("radius of the circle .* = #\\?$", (m, o) -> is(o, Math.sqrt(n(m, 1))));
    rule(
        "center of the circle .x (.) (\\d+).\\^\\{2\\} \\+ .y (.) (\\d+).\\^\\{2\\}",
        (m, o) ->
            o.equals(
                "("
                    + (m.group(1).equals("-") ? "" : "-")
                    + m.group(2)
                    + ", "
                    + (m.group(3).equals("-") ? "" : "-")
                    + m.group(4)
                    + ")"));
    rule(
        "with radius # has a central angle of #°",
        (m, o) -> is(o, n(m, 1) * n(m, 1) * n(m, 2) / 360.0));
  }
}
