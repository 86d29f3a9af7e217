package dev.handoff.systems.teamevaluation.names;

import dev.handoff.systems.teamevaluation.names.Piece.Casing;
import dev.handoff.systems.teamevaluation.names.Piece.Gap;
import java.util.ArrayList;
import java.util.List;

/// Cuts a text into its pieces, in time proportional to its length.
final class Pieces {
  private static final int WIDEST = 4;

  private final String cased;
  private final String lower;
  private final List<Piece> found = new ArrayList<>();
  private int end;

  private Pieces(FoldedText text) {
    this.cased = text.cased();
    this.lower = text.lower();
  }

  static List<Piece> of(FoldedText text) {
    Pieces pieces = new Pieces(text);
    int at = 0;
    while (at < pieces.cased.length()) {
      at = Character.isLetterOrDigit(pieces.cased.charAt(at)) ? pieces.piece(at) : at + 1;
    }
    return List.copyOf(pieces.found);
  }

  private int piece(int start) {
    int at = start + 1;
    while (at < cased.length() && !isCut(at)) {
      at++;
    }
    String before = cased.substring(end, start);
    Gap gap = found.isEmpty() ? Gap.BREAK : gap(before, at - start);
    boolean opens = found.isEmpty() || opens(before, gap);
    TextSpan span = new TextSpan(start, at);
    found.add(new Piece(span, lower.substring(start, at), casing(start, at), gap, opens));
    end = at;
    return at;
  }

  // Where a word ends, digits begin or end, or a capital follows a small letter. Of several
  // capitals the last belongs to what follows: "FvdB", "MKeller", "VDBerg".
  private boolean isCut(int at) {
    char before = cased.charAt(at - 1);
    char here = cased.charAt(at);
    if (!Character.isLetterOrDigit(here) || Character.isDigit(before) != Character.isDigit(here)) {
      return true;
    }
    boolean wordBegins = at + 1 < cased.length() && Character.isLowerCase(cased.charAt(at + 1));
    return Character.isUpperCase(here)
        && (Character.isLowerCase(before) || (Character.isUpperCase(before) && wordBegins));
  }

  private Casing casing(int start, int at) {
    char first = cased.charAt(start);
    if (Character.isDigit(first)) {
      return Casing.DIGITS;
    }
    if (!Character.isUpperCase(first)) {
      return Casing.LOWER;
    }
    return at - start > 1 && Character.isUpperCase(cased.charAt(at - 1))
        ? Casing.UPPER
        : Casing.TITLE;
  }

  private static Gap gap(String between, int length) {
    if (between.isEmpty()) {
      return Gap.NONE;
    }
    if (between.length() > WIDEST) {
      return Gap.BREAK;
    }
    String bare = between.strip();
    // "Thijs van 't Hof".
    boolean isArticle = length == 1 && between.endsWith(" '");
    if (bare.isEmpty() || bare.equals("/") || (isArticle && bare.equals("'"))) {
      return between.chars().filter(c -> c == '\n').count() > 1 ? Gap.BREAK : Gap.SPACE;
    }
    if (bare.chars().allMatch(c -> c == '-' || c == '\'' || c == '_' || c == '·')) {
      boolean atEndOfLine = bare.equals("-") && between.startsWith("-") && between.contains("\n");
      return bare.length() == between.length() || atEndOfLine ? Gap.TIGHT : Gap.BREAK;
    }
    return switch (bare) {
      case "." -> between.equals(".") ? Gap.TIGHT : Gap.DOT;
      // "J.-P. de Boer", "v. 't Hof".
      case ".-" -> Gap.DOT;
      case ". '" -> isArticle ? Gap.DOT : Gap.BREAK;
      case "," -> Gap.COMMA;
      default -> Gap.BREAK;
    };
  }

  private boolean opens(String between, Gap gap) {
    boolean isShort = found.getLast().length() <= 2 && found.getLast().isWord();
    if (gap == Gap.NONE
        || (gap == Gap.TIGHT && !between.equals("."))
        || (isShort && (gap == Gap.DOT || gap == Gap.TIGHT))) {
      return false;
    }
    return between.indexOf('\n') >= 0
        || !between.chars().allMatch(c -> Character.isWhitespace(c) || ",'&+/".indexOf(c) >= 0);
  }
}
