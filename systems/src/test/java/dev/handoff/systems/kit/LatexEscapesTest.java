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
        "\\begin{pmatrix} 1 & 2 \\\\3 & 4 \\\\-5 & 6 \\end{pmatrix}",
        "\\begin{cases} x \\\\y \\end{cases} \\alpha \\\\",
        "\\(\\texteuro 5 \\textless 6 \\textcolor{red}{x}\\)",
        "\\(a \\nleqslant b \\nvDash c \\ntriangleleft d\\)",
        "\\(\\tg x \\tr A \\trianglelefteq B\\)",
        "\\(\\rangle \\bigl( \\fbox{a} \\boldsymbol{b} \\Rightarrow \\Big|\\)",
        "\\(10^{-3}\\,\\mathrm{m}\\cdot\\vec{F}\\times5\\theta_1\\)",
        "$\\unicode{x41}$ \\uparrow",
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
        "a\\notherwise b|a⏎otherwise b",
        "a\\ntextbook|a⏎textbook",
        "1.\\tThe first\\n2.\\tThe second|1.⇥The first⏎2.⇥The second",
        "\\(\\alpha\\)\\nNext line\\n\\(\\beta\\)|\\(\\alpha\\)⏎Next line⏎\\(\\beta\\)",
        "\\ud83c\\udf89 well done|🎉 well done",
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
