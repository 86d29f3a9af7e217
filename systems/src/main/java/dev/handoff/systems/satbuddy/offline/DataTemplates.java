package dev.handoff.systems.satbuddy.offline;

import static dev.handoff.systems.satbuddy.offline.Formula.math;

import dev.handoff.systems.satbuddy.algebra.Rational;
import java.util.List;

/// Questions on percentages and ratios.
final class DataTemplates {
  private static final List<int[]> SPEEDS =
      List.of(
          new int[] {30, 60, 40},
          new int[] {40, 60, 48},
          new int[] {20, 30, 24},
          new int[] {60, 90, 72},
          new int[] {40, 120, 60},
          new int[] {30, 45, 36},
          new int[] {20, 60, 30},
          new int[] {24, 40, 30},
          new int[] {36, 45, 40});

  private DataTemplates() {}

  static Draft percentage(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> percentOf(dice);
      case MEDIUM -> priceBefore(dice);
      case HARD -> twoChanges(dice);
    };
  }

  private static Draft percentOf(Dice dice) {
    int percent = dice.from(1, 19) * 5;
    int whole = dice.from(2, 20) * 20;
    int part = percent * whole / 100;
    return Draft.rational(
        "What is %d%% of %d?".formatted(percent, whole),
        Rational.of(part),
        "Percent means out of a hundred: "
            + math("\\frac{%d}{100} \\cdot %d = %d".formatted(percent, whole, part))
            + ".",
        Rational.of(whole - part),
        Rational.of(part * 10L),
        Rational.of(percent),
        Rational.of(whole - percent));
  }

  private static Draft priceBefore(Dice dice) {
    int percent = dice.of(List.of(10, 20, 25, 30, 40, 50, 60));
    int before = dice.from(2, 15) * 20;
    int after = before * (100 - percent) / 100;
    return Draft.text(
        "After a discount of %d%%, a jacket costs %d dollars. What was its price before the discount?"
            .formatted(percent, after),
        dollars(Rational.of(before)),
        "The sale price is %d%% of the price before: ".formatted(100 - percent)
            + math("%s \\cdot p = %d".formatted(hundredths(100 - percent), after))
            + ", so "
            + math("p = \\frac{%d}{%s} = %d".formatted(after, hundredths(100 - percent), before))
            + ". Adding %d%% to the sale price would be wrong, because the discount was taken from the larger number."
                .formatted(percent),
        dollars(Rational.of(after * (100L + percent), 100)),
        dollars(Rational.of(after + percent)),
        dollars(Rational.of(after * (100L - percent), 100)),
        dollars(Rational.of(2L * after)));
  }

  private static String hundredths(int percent) {
    return percent % 10 == 0 ? "0." + percent / 10 : "0." + percent;
  }

  /// A price with cents where needed.
  private static String dollars(Rational amount) {
    long cents = amount.times(Rational.of(100)).numerator().longValueExact();
    return cents % 100 == 0
        ? cents / 100 + " dollars"
        : "%d.%02d dollars".formatted(cents / 100, cents % 100);
  }

  private static Draft twoChanges(Dice dice) {
    int up = dice.from(1, 6) * 10;
    int down = dice.from(1, 6) * 10;
    int factor = (100 + up) * (100 - down);
    Rational net = Rational.of(factor - 10_000L, 100);
    return Draft.text(
        "The price of a share rises by %d%% in May and falls by %d%% in June. What is the overall change over the two months?"
            .formatted(up, down),
        change(net),
        "Multiply the factors: "
            + math(
                "%s \\cdot %s = %s"
                    .formatted(factor(100 + up), factor(100 - down), decimal(factor)))
            + ". So the overall result is "
            + change(net).toLowerCase(java.util.Locale.ROOT)
            + ". The second percentage is taken from another amount than the first, so the percentages may not simply be added.",
        change(Rational.of(up - down)),
        change(net.negate()),
        change(Rational.of(up + down)),
        change(Rational.of(-up - down)));
  }

  private static String factor(int percent) {
    return percent / 100 + "." + percent % 100 / 10;
  }

  private static String decimal(int tenThousandths) {
    return "%d.%04d"
        .formatted(tenThousandths / 10_000, tenThousandths % 10_000)
        .replaceFirst("0+$", "");
  }

  private static String change(Rational percent) {
    if (percent.isZero()) {
      return "No change";
    }
    return (percent.signum() > 0 ? "An increase of " : "A decrease of ")
        + percent.abs().toPlain()
        + "%";
  }

  static Draft ratio(Difficulty difficulty, Dice dice) {
    return switch (difficulty) {
      case EASY -> parts(dice);
      case MEDIUM -> recipe(dice);
      case HARD -> averageSpeed(dice);
    };
  }

  private static Draft parts(Dice dice) {
    int a = dice.from(2, 9);
    int b = dice.other(2, 9, a);
    int times = dice.from(3, 12);
    return Draft.whole(
        "A box holds only red and blue marbles. The ratio of red to blue marbles is %d to %d, and there are %d marbles in all. How many of them are red?"
            .formatted(a, b, (a + b) * times),
        a * times,
        "There are %d + %d = %d parts, so one part is ".formatted(a, b, a + b)
            + math("\\frac{%d}{%d} = %d".formatted((a + b) * times, a + b, times))
            + ". Red has %d parts: ".formatted(a)
            + math("%d \\cdot %d = %d".formatted(a, times, a * times))
            + ".",
        b * times,
        times,
        (a + b) * times / a,
        (a + b) * times - a);
  }

  private static Draft recipe(Dice dice) {
    int cups = dice.from(2, 9);
    int people = dice.from(3, 8);
    int guests = dice.other(2, 20, people);
    return Draft.rational(
        "A recipe for %d people needs %d ounces of rice. At this rate, how many ounces of rice are needed for %d people?"
            .formatted(people, cups, guests),
        Rational.of((long) cups * guests, people),
        "Keep the same thing on top on both sides: "
            + math("\\frac{%d}{%d} = \\frac{c}{%d}".formatted(cups, people, guests))
            + ", so "
            + math(
                "c = \\frac{%d \\cdot %d}{%d} = %s"
                    .formatted(
                        cups, guests, people, Rational.of((long) cups * guests, people).toLatex()))
            + ".",
        Rational.of((long) cups * people, guests),
        Rational.of(Math.abs(cups + guests - people)),
        Rational.of((long) people * guests, cups),
        Rational.of((long) cups * guests));
  }

  private static Draft averageSpeed(Dice dice) {
    int[] speeds = dice.of(SPEEDS);
    int there = speeds[0];
    int back = speeds[1];
    int average = speeds[2];
    int distance = lcm(there, back);
    int hours = distance / there + distance / back;
    return Draft.whole(
        "Sam drives %d miles to a lake at an average speed of %d miles per hour and returns along the same road at %d miles per hour. What is his average speed, in miles per hour, for the whole trip?"
            .formatted(distance, there, back),
        average,
        "Average speed is total distance over total time: "
            + math(
                "\\frac{2 \\cdot %d}{%d + %d} = \\frac{%d}{%d} = %d"
                    .formatted(
                        distance, distance / there, distance / back, 2 * distance, hours, average))
            + ". The mean of the two speeds would be wrong, because more time is spent at the lower speed.",
        (there + back) / 2,
        back - there,
        there + back,
        there);
  }

  private static int lcm(int a, int b) {
    int multiple = a;
    while (multiple % b != 0) {
      multiple += a;
    }
    return multiple;
  }
}
