package dev.handoff.systems.satbuddy.algebra;

/// One line of a working: what is done, and the LaTeX of the result without delimiters.
public record Step(String sentence, String latex) {
  /// The sentence with the formula set apart below it.
  public String toMarkdown() {
    return sentence + "\n\\[ " + latex + " \\]";
  }
}
