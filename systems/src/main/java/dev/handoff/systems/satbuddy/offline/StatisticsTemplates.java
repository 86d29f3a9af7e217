package dev.handoff.systems.satbuddy.offline;

import static dev.handoff.systems.satbuddy.offline.Formula.math;

import dev.handoff.systems.satbuddy.algebra.Rational;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Questions on mean, median and probability.
final class StatisticsTemplates {
  private StatisticsTemplates() {}

  static Draft average(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> dice.coin() ? mean(dice) : median(dice);
      case MEDIUM -> nextScore(dice);
      case HARD -> twoGroups(dice);
    };
  }

  private static List<Integer> fiveNumbers(Dice dice) {
    return IntStream.range(0, 5).mapToObj(_ -> dice.from(2, 30)).toList();
  }

  private static String listed(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  private static Draft mean(Dice dice) {
    List<Integer> numbers = fiveNumbers(dice);
    while (sum(numbers) % 5 != 0) {
      numbers = fiveNumbers(dice);
    }
    List<Integer> sorted = numbers.stream().sorted().toList();
    int sum = sum(numbers);
    return Draft.rational(
        "What is the mean (average) of the numbers " + listed(numbers) + "?",
        Rational.of(sum, 5),
        "Add the numbers and divide by how many there are: "
            + math("\\frac{%d}{5} = %s".formatted(sum, Rational.of(sum, 5).toLatex()))
            + ". (The median, the middle one after sorting, would be %d.)".formatted(sorted.get(2)),
        Rational.of(sorted.get(2)),
        Rational.of(sum, 4),
        Rational.of(sorted.getLast() - sorted.getFirst()),
        Rational.of(sum, 6));
  }

  private static Draft median(Dice dice) {
    List<Integer> numbers = fiveNumbers(dice);
    List<Integer> sorted = numbers.stream().sorted().toList();
    return Draft.rational(
        "What is the median of the numbers " + listed(numbers) + "?",
        Rational.of(sorted.get(2)),
        "Sort them first: %s. The middle one is %d.".formatted(listed(sorted), sorted.get(2)),
        Rational.of(numbers.get(2)),
        Rational.of(sum(numbers), 5),
        Rational.of(sorted.getLast() - sorted.getFirst()),
        Rational.of(sorted.getFirst() + sorted.getLast(), 2));
  }

  private static Draft nextScore(Dice dice) {
    int tests = dice.from(3, 6);
    int now = dice.from(70, 84);
    int goal = now + dice.from(1, 3);
    int next = (tests + 1) * goal - tests * now;
    return Draft.whole(
        "After %d tests Lena's mean score is %d. What must she score on the next test so that the mean of all %d tests is %d?"
            .formatted(tests, now, tests + 1, goal),
        next,
        "Work with sums. So far "
            + math("%d \\cdot %d = %d".formatted(tests, now, tests * now))
            + "; needed "
            + math("%d \\cdot %d = %d".formatted(tests + 1, goal, (tests + 1) * goal))
            + ". The difference is %d.".formatted(next),
        goal,
        2 * goal - now,
        goal + tests * (goal - now) + now - goal,
        next + 1);
  }

  private static Draft twoGroups(Dice dice) {
    int small = dice.from(2, 6) * 5;
    int large = small * dice.from(2, 4);
    int a = dice.from(60, 80);
    int b = a + dice.from(1, 4) * 15;
    int total = small * a + large * b;
    Rational mean = Rational.of(total, (long) small + large);
    return Draft.rational(
        "In one class %d students have a mean score of %d; in another class %d students have a mean score of %d. What is the mean score of all %d students together?"
            .formatted(small, a, large, b, small + large),
        mean,
        "Add the sums, not the means: "
            + math(
                "\\frac{%d \\cdot %d + %d \\cdot %d}{%d} = \\frac{%d}{%d} = %s"
                    .formatted(
                        small, a, large, b, small + large, total, small + large, mean.toLatex()))
            + ". The result lies nearer to the mean of the larger class.",
        Rational.of(a + b, 2),
        Rational.of((long) small * b + (long) large * a, (long) small + large),
        Rational.of(b),
        Rational.of(a));
  }

  static Draft probability(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> oneDraw(dice);
      case MEDIUM -> givenThat(dice);
      case HARD -> twoDraws(dice);
    };
  }

  private static Draft oneDraw(Dice dice) {
    int red = dice.from(2, 9);
    int blue = dice.from(2, 9);
    int green = dice.from(2, 9);
    int all = red + blue + green;
    return Draft.rational(
        "A bag holds %d red, %d blue and %d green counters. One counter is drawn at random. What is the probability that it is red?"
            .formatted(red, blue, green),
        Rational.of(red, all),
        "There are %d counters in all and %d of them are red: ".formatted(all, red)
            + math("\\frac{%d}{%d}".formatted(red, all))
            + (Rational.of(red, all).numerator().intValue() == red
                ? "."
                : ", which is " + math(Rational.of(red, all).toLatex()) + " in lowest terms."),
        Rational.of(red, (long) blue + green),
        Rational.of((long) blue + green, all),
        Rational.of(1, red),
        Rational.of(blue, all));
  }

  private static Draft givenThat(Dice dice) {
    int a = dice.from(11, 39);
    int b = dice.from(11, 39);
    int c = dice.from(11, 39);
    int d = dice.from(11, 39);
    String table =
        """
        | | bus | walk | total |
        |---|---|---|---|
        | grade 11 | %d | %d | %d |
        | grade 12 | %d | %d | %d |
        | total | %d | %d | %d |

        """
            .formatted(a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d);
    return Draft.rational(
        table
            + "The table shows how students come to school. If a student of grade 12 is chosen at random, what is the probability that this student walks?",
        Rational.of(d, (long) c + d),
        "Only students of grade 12 can be chosen, so the denominator is %d. Of those %d walk: "
                .formatted(c + d, d)
            + math(Rational.of(d, (long) c + d).toLatex())
            + ".",
        Rational.of(d, (long) a + b + c + d),
        Rational.of(d, (long) b + d),
        Rational.of((long) c + d, (long) a + b + c + d),
        Rational.of(c, (long) c + d));
  }

  private static Draft twoDraws(Dice dice) {
    int red = dice.from(3, 7);
    int blue = dice.from(2, 8);
    int all = red + blue;
    Rational both = Rational.of((long) red * (red - 1), (long) all * (all - 1));
    return Draft.rational(
        "A bag holds %d red and %d blue marbles. Two marbles are drawn at random without being put back. What is the probability that both are red?"
            .formatted(red, blue),
        both,
        "The first is red with probability "
            + math("\\frac{%d}{%d}".formatted(red, all))
            + ". Then %d of the %d marbles left are red: ".formatted(red - 1, all - 1)
            + math(
                "\\frac{%d}{%d} \\cdot \\frac{%d}{%d} = %s"
                    .formatted(red, all, red - 1, all - 1, both.toLatex()))
            + ".",
        Rational.of((long) red * red, (long) all * all),
        Rational.of((long) red * (red - 1), (long) all * all),
        Rational.of(red, all),
        Rational.of(red - 1, all - 1));
  }
}
