package dev.handoff.systems.teamevaluation.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A class of thirty in a school of two thousand, and texts that are made to take long. What takes
/// time in proportion to its input is done in a small part of the time limit; what reads the rest
/// again at each place is not done within it.
@Timeout(15)
final class AnonymiserSpeedTest {
  private static final int LENGTH = 50_000;
  private static final Anonymiser SCHOOL = Anonymiser.of(people(30, 1), people(2_000, 2));

  @Test
  void manyPeopleAreTakenIn() {
    assertThat(Anonymiser.of(people(30, 3), people(20_000, 4)).comment("Good work").text())
        .isEqualTo("Good work");
  }

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
  void aLongTextIsRead(String part) {
    String text = part.repeat(LENGTH / part.length());

    assertThat(SCHOOL.comment(text + "a@b" + text + " good work").text()).endsWith("work");
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
