package dev.handoff.systems.satbuddy.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.NotUnderstood;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AlgebraLimitsTest {
  private static final Duration GENEROUS = Duration.ofSeconds(20);

  static Stream<String> hostile() {
    return Stream.of(
        "9^9^9^9",
        "x = 9^9^9^9",
        "2^999999",
        "(((2^64)^64)^64)^64",
        "(x+y+z+a+b+c)^16 = (a+b+c+d+e)^16",
        "(x+1)^16 * (x+1)^16 = 0",
        "(".repeat(10_000) + "x" + ")".repeat(10_000) + " = 1",
        "(".repeat(150) + "x" + ")".repeat(150) + " = 1",
        "-".repeat(300) + "x = 1",
        "2^".repeat(150) + "2",
        "√".repeat(300) + "2 = x",
        "9".repeat(3_000) + "x = 1",
        "1/" + "9".repeat(380) + " = x + 1/" + "8".repeat(10),
        "x^2 = " + "9".repeat(390),
        "999999999989x^2 + 999999999961x = 999999999937",
        "720720x^4 + 7x^3 + 5x^2 + 3x + 720720 = 0",
        "a) ".repeat(1_300),
        "hi,".repeat(1_300) + "15% of 80",
        " x ".repeat(1_300),
        "1 x ".repeat(900),
        "\\frac".repeat(700),
        "\\left(".repeat(600),
        "of ".repeat(1_300),
        "=".repeat(4_000),
        "1+".repeat(190) + "1",
        "x(".repeat(100) + "1",
        "f(x) = " + "x".repeat(200) + " f(2)",
        "1e999999999",
        "\0\uD800 = x",
        "😀".repeat(1_900));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextEndsInAnAnswer(String text) {
    AlgebraAnswer answer = assertTimeoutPreemptively(GENEROUS, () -> Algebra.solve(text));

    assertThat(answer).isNotNull();
  }

  @Test
  void towersOfPowersAreRefusedInWords() {
    assertThat(Algebra.solve("9^9^9^9"))
        .isInstanceOfSatisfying(
            NotUnderstood.class, no -> assertThat(no.reason()).contains("too large"));
  }

  @Test
  void noRandomTextBreaksIt() {
    String[] parts = {
      "x",
      "y",
      "2",
      "17",
      "0",
      ".5",
      "+",
      "-",
      "*",
      "/",
      "^",
      "(",
      ")",
      "=",
      "<",
      ">=",
      "%",
      " ",
      ",",
      "\n",
      " and ",
      "\\frac{",
      "}{",
      "}",
      "sqrt(",
      "f(x)",
      "slope ",
      " of ",
      "what is ",
      "²"
    };
    Random random = new Random(20260301);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(14); part >= 0; part--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      assertThatCode(() -> Algebra.solve(text.toString()))
          .as(text.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void randomLinearEquationsAreSolvedRight() {
    Random random = new Random(42);
    for (int i = 0; i < 500; i++) {
      int a = random.nextInt(1, 20);
      int c = -random.nextInt(1, 20);
      int b = random.nextInt(1, 50);
      int d = random.nextInt(1, 50);

      AlgebraAnswer answer = Algebra.solve("%dx + %d = %dx + %d".formatted(a, b, c, d));

      Rational expected = Rational.of(d - b, a - c);
      assertThat(answer)
          .isInstanceOfSatisfying(
              Solved.class,
              solved -> assertThat(solved.answer()).isEqualTo("x = " + expected.toLatex()));
    }
  }

  @Test
  void randomQuadraticsWithKnownRootsAreSolvedRight() {
    Random random = new Random(43);
    for (int i = 0; i < 500; i++) {
      int low = random.nextInt(-20, 20);
      int high = low + random.nextInt(1, 20);
      int factor = random.nextInt(1, 6);
      String question =
          "%dx^2 + (%d)x + (%d) = 0".formatted(factor, -factor * (low + high), factor * low * high);

      AlgebraAnswer answer = Algebra.solve(question);

      assertThat(answer)
          .as(question)
          .isInstanceOfSatisfying(
              Solved.class,
              solved ->
                  assertThat(solved.answer())
                      .isEqualTo("x = " + low + " \\text{ or } x = " + high));
    }
  }

  @Test
  void randomSystemsWithKnownSolutionsAreSolvedRight() {
    Random random = new Random(44);
    for (int i = 0; i < 500; i++) {
      int x = random.nextInt(-9, 10);
      int y = random.nextInt(-9, 10);
      int a = random.nextInt(1, 9);
      int b = random.nextInt(1, 9);
      int c = random.nextInt(1, 9);
      int d = -random.nextInt(1, 9);
      String question =
          "%dx + %dy = %d and %dx - %dy = %d".formatted(a, b, a * x + b * y, c, -d, c * x + d * y);

      assertThat(Algebra.solve(question))
          .as(question)
          .isInstanceOfSatisfying(
              Solved.class,
              solved -> assertThat(solved.answer()).isEqualTo("x = " + x + ", \\; y = " + y));
    }
  }
}
