package dev.handoff.systems.satbuddy.algebra;

import java.util.Map;
import java.util.regex.Pattern;

/// Turns the ways in which pupils write mathematics (LaTeX, Unicode signs, words) into one.
final class MathNotation {
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("\\left", ""),
          Map.entry("\\right", ""),
          Map.entry("\\cdot", "*"),
          Map.entry("\\times", "*"),
          Map.entry("\\div", "/"),
          Map.entry("\\leq", "≤"),
          Map.entry("\\geq", "≥"),
          Map.entry("\\le", "≤"),
          Map.entry("\\ge", "≥"),
          Map.entry("\\lt", "<"),
          Map.entry("\\gt", ">"),
          Map.entry("\\dfrac", "⁄"),
          Map.entry("\\tfrac", "⁄"),
          Map.entry("\\frac", "⁄"),
          Map.entry("\\sqrt", "√"),
          Map.entry("\\quad", ", "),
          Map.entry("\\text", ""),
          Map.entry("\\%", "%"),
          Map.entry("\\$", ""),
          Map.entry("\\\\", "\n"));

  private static final Pattern ENVIRONMENT =
      Pattern.compile("\\\\(?:begin|end)\\{[a-z*]{1,20}\\}|&");
  private static final Pattern NUMBERING = Pattern.compile("(?m)^[ \\t]*\\d{1,2}[.)][ \\t]+");
  private static final Pattern COMMAND = Pattern.compile("\\\\(?:[a-zA-Z]+|[%$\\\\])");
  private static final Pattern DELIMITER = Pattern.compile("\\\\[()\\[\\],;! ]|\\$");

  private MathNotation() {}

  /// The same text with `* / ^ ( ) ≤ ≥ √ ⁄` for their LaTeX, Unicode and spoken forms.
  static String plain(String text) {
    String plain = ENVIRONMENT.matcher(text).replaceAll("\n");
    plain = NUMBERING.matcher(plain).replaceAll("");
    plain = COMMAND.matcher(plain).replaceAll(match -> sign(match.group()));
    plain = DELIMITER.matcher(plain).replaceAll(" ");
    plain = plain.replace('{', '(').replace('}', ')');
    plain = unicode(plain);
    plain = plain.replaceAll("(?<=\\d),(?=\\d{3}(?!\\d))", "");
    plain = plain.replaceAll("(?<=\\d)\\s+[xX]\\s+(?=\\d)", " * ");
    return words(plain);
  }

  private static String sign(String command) {
    return java.util.regex.Matcher.quoteReplacement(
        SIGNS.getOrDefault(command, " " + command.substring(1) + " "));
  }

  private static String unicode(String text) {
    return text.replaceAll("[×·∙⋅]", "*")
        .replaceAll("[÷]", "/")
        .replaceAll("[−–—]", "-")
        .replace("²", "^2")
        .replace("³", "^3")
        .replace("½", "(1/2)")
        .replace("¼", "(1/4)")
        .replace("¾", "(3/4)")
        .replace("**", "^");
  }

  private static String words(String text) {
    return text.replaceAll("(?i)\\bsqrt\\b|\\bsquare root of\\b", "√")
        .replaceAll("(?i)\\bis (?:less than or equal to|at most)\\b", "≤")
        .replaceAll("(?i)\\bis (?:greater than or equal to|at least)\\b", "≥")
        .replaceAll("(?i)\\bis less than\\b", "<")
        .replaceAll("(?i)\\bis greater than\\b", ">")
        .replaceAll("(?i)\\bis equal to\\b|\\bequals\\b", "=")
        .replaceAll("(?i)(?<=[\\dxyz)])\\s*\\bsquared\\b", "^2")
        .replaceAll("(?i)(?<=[\\dxyz)])\\s*\\bcubed\\b", "^3")
        .replaceAll("(?i)(?<=[\\dxyz)]) to the power of (?=[\\dxyz(])", "^")
        .replaceAll("(?i)(?<=\\d) of (?=\\d)", " * ")
        .replaceAll("(?i)(?<=[\\dxyz)]) plus (?=[\\dxyz(√])", " + ")
        .replaceAll("(?i)(?<=[\\dxyz)]) minus (?=[\\dxyz(√])", " - ")
        .replaceAll("(?i)(?<=[\\dxyz)]) (?:times|multiplied by) (?=[\\dxyz(√])", " * ")
        .replaceAll("(?i)(?<=[\\dxyz)]) (?:divided by|over) (?=[\\dxyz(√])", " / ");
  }
}
