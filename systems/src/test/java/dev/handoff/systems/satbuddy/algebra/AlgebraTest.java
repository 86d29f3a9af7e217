package dev.handoff.systems.satbuddy.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.NotUnderstood;
import dev.handoff.systems.satbuddy.algebra.AlgebraAnswer.Solved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlgebraTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          solve 2x + 3 = 11                          | x = 4
          What is 2x=8?                              | x = 4
          Please help me solve for x: 2x = 8 🙂       | x = 4
          2(x+1) = 3x - 4                            | x = 6
          x/3 + 1/2 = 2                              | x = \\frac{9}{2}
          5 - 2(3 - x) = 4x + 1                      | x = -1
          0.5x = 2                                   | x = 4
          \\(\\frac{x}{2} + \\frac{1}{3} = \\frac{5}{6}\\) | x = 1
          2x + 4 = 2(x + 2)                          | \\text{every real number}
          2x + 4 = 2x + 5                            | \\text{no solution}
          x^2 + x = x^2 + 3                          | x = 3
          1) 2x = 8                                  | x = 4
          If 2x + 3 = 11, what is x? A) 2 B) 3 C) 4  | x = 4
          """)
  void solvesLinearEquations(String question, String answer) {
    assertThat(solved(question).answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x^2 - 5x + 6 = 0          | x = 2 \\text{ or } x = 3
          x² = 16                   | x = -4 \\text{ or } x = 4
          (x+1)^2 = 9               | x = -4 \\text{ or } x = 2
          x^2 - 6x + 9 = 0          | x = 3
          12x^2 - 7x - 12 = 0       | x = -\\frac{3}{4} \\text{ or } x = \\frac{4}{3}
          x^2 - 2x - 1 = 0          | x = 1 \\pm \\sqrt{2}
          2x^2 + 3x - 1 = 0         | x = \\frac{-3 \\pm \\sqrt{17}}{4}
          $x^2 = 12$                | x = \\pm 2\\sqrt{3}
          x^2 + 1 = 0               | \\text{no real solution}
          x^3 - 4x = 0              | x = -2 \\text{ or } x = 0 \\text{ or } x = 2
          x + 1/x = 2               | x = 1
          (x^2-4)/(x-2) = 0         | x = -2
          6/x = 3                   | x = 2
          (2x+1)/(x-3) = 2          | \\text{no solution}
          """)
  void solvesQuadraticAndFractionalEquations(String question, String answer) {
    assertThat(solved(question).answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2x + y = 7 and x - y = 2        | x = 3, \\; y = 1
          3x+2y=12, 5x-2y=4               | x = 2, \\; y = 3
          y = 2x + 1; y = 3x - 2          | x = 3, \\; y = 7
          x = 3 and 2x + y = 10           | x = 3, \\; y = 4
          x + y = 3; 2x + 2y = 6          | \\text{infinitely many solutions}
          x + y = 3; 2x + 2y = 7          | \\text{no solution}
          \\begin{cases} 2x+y=7 \\\\ x-y=2 \\end{cases} | x = 3, \\; y = 1
          If x + y = 10 and x - y = 4, what is the value of xy? | xy = 21
          """)
  void solvesTwoLinearEquations(String question, String answer) {
    assertThat(solved(question).answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2x + 3 > 11           | x > 4
          -3x + 1 <= 10         | x \\ge -3
          -2(x-4) \\geq 3x + 1   | x \\le \\frac{7}{5}
          4x + 2 < 4x - 1       | \\text{no solution}
          1 < 2x + 3 < 7        | -1 < x < 2
          1 < 3 - x <= 5        | -2 \\le x < 2
          x^2 - 4 > 0           | x < -2 \\text{ or } x > 2
          x^2 - 2 <= 0          | -\\sqrt{2} \\le x \\le \\sqrt{2}
          -x^2 + 4x - 5 > 0     | \\text{no solution}
          x^2 - 2x + 1 > 0      | x \\ne 1
          """)
  void solvesInequalities(String question, String answer) {
    assertThat(solved(question).answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3/4 + 1/6                          | \\frac{11}{12}
          What is 15% of 80?                 | 12
          what is 20% off 50                 | 40
          15 percent of 80                   | 12
          5 is what percent of 20            | 25\\%
          percent increase from 40 to 50     | 25\\% \\text{ increase}
          2^3 * 4                            | 32
          -2^2                               | -4
          (-2)^2                             | 4
          12/4*2                             | 6
          3 x 4                              | 12
          8^(1/3)                            | 2
          sqrt(72)                           | 6\\sqrt{2}
          what is 2/3 of 18?                 | 12
          1,000 + 1                          | 1001
          2+2=5                              | \\text{false}
          """)
  void worksOutNumbers(String question, String answer) {
    assertThat(solved(question).answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expand (x+2)(x-3)                        | x^{2} - x - 6
          simplify 3x + 2x - 4                     | 5x - 4
          (x^2 - 1)/(x - 1)                        | x + 1
          factor x^2 - 9                           | \\left(x + 3\\right)\\left(x - 3\\right)
          factor 2x^2 + 5x + 3                     | \\left(2x + 3\\right)\\left(x + 1\\right)
          factor 6x^2 - 12x                        | 6x\\left(x - 2\\right)
          factor x^2 + 1                           | x^{2} + 1
          solve for y: 2x + 3y = 12                | y = -\\frac{2}{3}x + 4
          If 3x = 12, what is the value of 5x - 2? | 5x - 2 = 18
          f(x) = 2x + 3. What is f(-4)?            | f\\left(-4\\right) = -5
          What is the slope of y = 2x + 3?         | \\text{slope } 2, \\; y\\text{-intercept } 3
          slope through (1,2) and (3,8)            | m = 3, \\; b = -1, \\; y = 3x - 1
          """)
  void rewritesExpressionsAndLines(String question, String answer) {
    assertThat(solved(question).answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "hello",
        "How should I prepare today?",
        "I have 3-4 weeks until the SAT",
        "What are the most important concepts to know on the SAT?",
        "A train travels 60 miles in 2 hours. How fast is it?",
        "Why did my teacher say that a line with slope 2 is steeper than y = x + 1 when drawn?",
        "Why is x = 4 wrong?",
        "log(x) = 2",
        "\\sin x = 1/2",
        "|2x - 3| = 7",
        "x_1 = 3",
        "θ = 30",
        "what is f(4)?",
        "x^5 - x - 1 = 0",
        "2x + ky = 7",
        "1/0",
        "x = = 3",
        "((2x = 3",
        "5",
        "2^x = 8",
        "sqrt(x) = 3"
      })
  void saysSoWhenItDoesNotUnderstand(String question) {
    assertThat(Algebra.solve(question))
        .isInstanceOfSatisfying(
            NotUnderstood.class, answer -> assertThat(answer.reason()).isNotBlank());
  }

  @Test
  void everyStepIsASentenceAndAFormulaAndTheCheckPutsTheSolutionBack() {
    assertThat(solved("2(x+1) = 3x - 4").toMarkdown())
        .isEqualTo(
            """
            Start with the equation.
            \\[ 2\\left(x + 1\\right) = 3x - 4 \\]

            Multiply out and combine like terms.
            \\[ 2x + 2 = 3x - 4 \\]

            Subtract \\( 3x \\) from both sides.
            \\[ -x + 2 = -4 \\]

            Subtract \\( 2 \\) from both sides.
            \\[ -x = -6 \\]

            Divide both sides by \\( -1 \\).
            \\[ x = 6 \\]

            **Answer:** \\( x = 6 \\)

            Check: put \\( x = 6 \\) back in; both sides agree.
            \\[ 2\\left(6 + 1\\right) = 14, \\quad 3 \\cdot 6 - 4 = 14 \\]\
            """);
  }

  @Test
  void dividingAnInequalityByANegativeNumberSaysThatTheSignTurns() {
    assertThat(solved("-3x < 9").steps())
        .extracting(Step::sentence)
        .anyMatch(sentence -> sentence.contains("the sign turns around"));
  }

  private static Solved solved(String question) {
    AlgebraAnswer answer = Algebra.solve(question);
    assertThat(answer).as(question).isInstanceOf(Solved.class);
    return (Solved) answer;
  }
}
