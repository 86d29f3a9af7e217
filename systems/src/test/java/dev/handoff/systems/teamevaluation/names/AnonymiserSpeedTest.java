package dev.handoff.systems.teamevaluation.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A class of thirty in a school of two thousand, and texts that are made to take long. Measured is
/// the time of the processor, so that a busy machine changes little.
final class AnonymiserSpeedTest {
  private static final int SHORT = 4_000;
  private static final int TIMES = 4;
  // Of a machine that is slow, and has not compiled anything yet.
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Anonymiser SCHOOL = Anonymiser.of(people(30, 1), people(2_000, 2));

  @Test
  void aSchoolIsReadQuickly() {
    Duration took =
        timed(() -> {
          for (int i = 0; i < 5; i++) {
            var _ = Anonymiser.of(people(30, i), people(2_000, i));
          }
        });

    assertThat(took).isLessThan(Duration.ofSeconds(5));
  }

  /// Four times the text takes four times as long, and sixteen times where something is quadratic.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "Sa",
        "A.",
        "Aa ",
        "a@",
        "@",
        "a.",
        "0",
        "0 ",
        "06-",
        "www.",
        "s a n ",
        "van A ",
        "[...]",
        "\u200B",
        "\u0301",
        "S\u200B",
        "'",
        "-",
        "a-",
        "straat",
        "Van der ",
        "1 ",
        "+",
        "http://",
        "1234 ",
        "insta ",
        "Sanne van der Berg, ",
        "ｓ",
        "🙂",
        "\n",
        " ",
        "d.",
        "(at)"
      })
  void aLongTextTakesTimeInProportion(String part) {
    for (String before : new String[] {"", "a@b"}) {
      Duration once = timed(() -> SCHOOL.comment(before + part.repeat(SHORT)));
      Duration more = timed(() -> SCHOOL.comment(before + part.repeat(SHORT * TIMES)));

      assertThat(more).isLessThan(longer(once.multipliedBy(TIMES * 2), SOON));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration timed(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun);
  }

  private static List<String> people(int count, int seed) {
    Random dice = new Random(seed);
    List<String> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String prefix = List.of("", "van der ", "de ", "El ", "op den ").get(dice.nextInt(5));
      people.add(word(dice) + " " + prefix + word(dice) + "-" + word(dice));
    }
    return people;
  }

  private static String word(Random dice) {
    StringBuilder word = new StringBuilder();
    IntStream.range(0, 2 + dice.nextInt(2))
        .forEach(i ->
            word.append("bdfghjklmnprstvw".charAt(dice.nextInt(16)))
                .append("aeiou".charAt(dice.nextInt(5))));
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
