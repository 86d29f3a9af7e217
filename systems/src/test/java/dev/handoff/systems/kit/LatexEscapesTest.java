package dev.handoff.systems.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The backslashes that models write in JSON texts, and what they meant.
final class LatexEscapesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\(\\frac{1}{2}\\)",
        "\\[\\bar{x} \\beta \\binom{n}{k} \\boxed{3}\\]",
        "$\\forall x \\phi \\flat$",
        "$\\rho \\rightarrow \\right) \\rm x$",
        "$\\theta \\times \\tan x \\text{ if } \\to \\tfrac12 \\therefore$",
        "$\\nabla \\neq \\nu \\notin \\ne \\neg$",
        "$\\underline{x} \\uparrow \\upsilon \\unit$",
        "\\alpha \\sqrt{2} \\cdot \\pi \\Delta \\% \\{1\\} \\, \\; \\!",
        "\\begin{aligned} x &= 1 \\\\ y &= 2 \\\\[4pt] z &= 3 \\end{aligned}",
        "\\begin{array}{c} 1 \\\\\\hline 2 \\end{array}",
        "C:\\dir, \\d+ and \\w*"
      })
  void aBackslashOfACommandIsABackslashWhicheverLetterFollows(String text) {
    assertThat(read(text)).isEqualTo(text);
    // And the same, doubled as JSON asks for.
    assertThat(read(text.replace("\\", "\\\\"))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "First.\\nSecond.|First.⏎Second.",
        "a\\n\\nb|a⏎⏎b",
        "x\\nnext \\(\\alpha\\)|x⏎next \\(\\alpha\\)",
        "if x:\\n\\treturn y|if x:⏎⇥return y",
        "a\\r\\nb|a⇤⏎b",
        "say \\\"hi\\\"|say \"hi\"",
        "a\\/b|a/b",
        "caf\\u00e9 \\u0041|café A",
        "\\\\(x\\\\)\\n\\\\(y\\\\)|\\(x\\)⏎\\(y\\)",
        "\\\\frac{1}{2}\\nu is next|\\frac{1}{2}⏎u is next",
        "Two lines\\ni am here|Two lines⏎i am here"
      })
  void escapesThatAreMeantStay(String written, String meant) {
    assertThat(read(written))
        .isEqualTo(meant.replace("⏎", "\n").replace("⇥", "\t").replace("⇤", "\r"));
  }

  @Test
  void longTextsAreReadToTheirEnd() {
    String text = "\\(\\frac{1}{2}\\) and ".repeat(20_000);

    assertThat(read(text)).isEqualTo(text);
  }

  private static String read(String text) {
    String json = LatexEscapes.kept("{\"text\": \"" + text + "\"}");
    return JsonMapper.shared().readTree(json).path("text").asString();
  }
}
