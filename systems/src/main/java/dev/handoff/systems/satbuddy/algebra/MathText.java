package dev.handoff.systems.satbuddy.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pupil's text, divided into pieces of mathematics and words around them.
///
/// @param pieces the stretches that hold numbers or unknowns, in order
/// @param words all words, in lower case
/// @param isStrange whether there is notation that nobody here can read, such as `|x|` or `log(x)`,
///   so that the pieces do not mean what they seem to
record MathText(List<String> pieces, List<String> words, boolean isStrange) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "[A-Za-z]+(?:'[a-z]+)?|\\d+(?:\\.\\d+)?|\\.\\d+|[-+*/^()=<>≤≥%√⁄]|\\s+|.",
          Pattern.DOTALL);
  private static final Pattern LETTERS = Pattern.compile("[xyzXYZ]{1,3}|[A-Za-z]");
  private static final Pattern CONTENT = Pattern.compile("[0-9]|[a-zA-Z]\\s*[-=<>≤≥+*/^a-zA-Z]");
  private static final Set<String> FUNCTIONS =
      Set.of("sin", "cos", "tan", "log", "ln", "exp", "abs", "pi", "theta", "max", "min", "mod");
  private static final String STRANGE_SIGNS = "|_°∫∞≠∑√~[]\\±";
  private static final Set<String> ARTICLES = Set.of("a", "i", "A", "I");

  MathText {
    pieces = List.copyOf(pieces);
    words = List.copyOf(words);
  }

  /// Divides text that [MathNotation] has made plain.
  static MathText of(String plain) {
    return new Reader(plain).read();
  }

  boolean mentions(String... any) {
    for (String word : any) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /// The words that are not among these.
  List<String> wordsOutside(Set<String> known) {
    return words.stream().filter(word -> !known.contains(word)).toList();
  }

  private static final class Reader {
    private final List<String> tokens = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder piece = new StringBuilder();
    private boolean strange;

    Reader(String plain) {
      Matcher matcher = TOKEN.matcher(plain);
      while (matcher.find()) {
        tokens.add(matcher.group());
      }
    }

    MathText read() {
      for (int at = 0; at < tokens.size(); at++) {
        String token = tokens.get(at);
        if (token.isBlank()) {
          readSpace(token);
        } else if (token.matches("[A-Za-z].*")) {
          readLetters(token, at);
        } else if (token.matches("[0-9.]*[0-9]|[-+*/^()=<>≤≥%√⁄]")) {
          piece.append(token);
        } else {
          strange |= Character.isLetter(token.codePointAt(0)) || STRANGE_SIGNS.contains(token);
          endPiece();
        }
      }
      endPiece();
      return new MathText(pieces, words, strange);
    }

    private void readSpace(String space) {
      if (space.contains("\n")) {
        endPiece();
      } else {
        piece.append(' ');
      }
    }

    private void readLetters(String token, int at) {
      boolean isCalled = at + 1 < tokens.size() && tokens.get(at + 1).equals("(");
      if (isUnknown(token, at)) {
        strange |= isCalled && "fgh".contains(token);
        piece.append(' ').append(String.join(" ", token.split("")));
      } else {
        endPiece();
        String word = token.toLowerCase(Locale.ROOT);
        words.add(word);
        strange |= FUNCTIONS.contains(word) || isCalled;
      }
    }

    /// One letter is an unknown, unless it is an article with nothing to calculate beside it.
    private boolean isUnknown(String token, int at) {
      if (!LETTERS.matcher(token).matches()) {
        return false;
      }
      return !ARTICLES.contains(token) || isSign(at - 1, -1) || isSign(at + 1, 1);
    }

    private boolean isSign(int at, int direction) {
      int next = at;
      while (next >= 0 && next < tokens.size() && tokens.get(next).isBlank()) {
        next += direction;
      }
      return next >= 0 && next < tokens.size() && tokens.get(next).matches("[-+*/^=<>≤≥0-9.]+");
    }

    private void endPiece() {
      String text = piece.toString().strip();
      piece.setLength(0);
      if (CONTENT.matcher(text).find()) {
        pieces.add(text);
      }
    }
  }
}
