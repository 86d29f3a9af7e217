package dev.handoff.systems.teamevaluation.names;

import dev.handoff.systems.teamevaluation.names.NameForm.FormKind;
import dev.handoff.systems.teamevaluation.names.Piece.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds names in one text. Each piece is put together with those that follow it closely, as far as
/// the longest form goes, and the longest row that is a name is taken; so the time is proportional
/// to the text, however many people there are.
final class NameFinder {
  private static final int SHORTEST = 3;
  private static final int SURE = 5;
  private static final int MOST_PIECES = 20;
  private static final Map<Character, String> DIGITS =
      Map.of('0', "o", '1', "i", '3', "e", '4', "a", '5', "s", '7', "t", '8', "b");

  private final NameForms forms;
  private final FoldedText text;
  private final List<Piece> pieces;
  private final NameContext context;

  private NameFinder(NameForms forms, FoldedText text) {
    this.forms = forms;
    this.text = text;
    this.pieces = Pieces.of(text);
    this.context = new NameContext(pieces);
  }

  /// Where names are in the folded text, in order.
  static List<TextSpan> find(NameForms forms, FoldedText text) {
    NameFinder finder = new NameFinder(forms, text);
    List<TextSpan> found = new ArrayList<>();
    for (int at = 0; at < finder.pieces.size(); ) {
      int end = finder.endOfName(at);
      if (end > at) {
        found.add(finder.span(at, end));
      }
      at = Math.max(end, at + 1);
    }
    return found;
  }

  // With the digits behind it, or the dot behind its last initial.
  private TextSpan span(int from, int to) {
    int last = to < pieces.size() && isBareNumber(to) ? to : to - 1;
    int end = pieces.get(last).span().end();
    boolean dotted =
        to - from > 1 && pieces.get(last).length() == 1 && text.lower().startsWith(".", end);
    return new TextSpan(pieces.get(from).span().start(), dotted ? end + 1 : end);
  }

  private boolean isBareNumber(int at) {
    return pieces.get(at).gap() == Gap.NONE && !pieces.get(at).isWord();
  }

  // Before which piece the name ends that begins here; this one, if there is none.
  private int endOfName(int from) {
    int best = endOfDisguised(from);
    PieceRow row = new PieceRow(from);
    for (int to = from; to < pieces.size() && row.takes(to); to++) {
      row.add(to);
      if (isName(row, to + 1)) {
        best = Math.max(best, to + 1);
      }
    }
    return best;
  }

  /// Pieces that stand close together, as letters.
  private final class PieceRow {
    private final int from;
    private final StringBuilder letters = new StringBuilder();
    private final StringBuilder spelledOut = new StringBuilder();
    private long spaces;
    private boolean allSingle = true;
    private boolean anyOrdinary;
    private boolean hasComma;

    PieceRow(int from) {
      this.from = from;
    }

    boolean takes(int at) {
      Piece piece = pieces.get(at);
      if (!piece.isWord()) {
        return false;
      }
      if (at == from) {
        return true;
      }
      boolean close =
          switch (piece.gap()) {
            case NONE, TIGHT, SPACE, COMMA -> true;
            case DOT -> pieces.get(at - 1).length() < SHORTEST;
            case BREAK -> false;
          };
      return close
          && at - from < MOST_PIECES
          && letters.length() + piece.length() <= forms.longest() + SURE
          && forms.mayBegin(letters);
    }

    void add(int at) {
      Piece piece = pieces.get(at);
      boolean isComma = piece.gap() == Gap.COMMA;
      if (at > from && (piece.gap() == Gap.SPACE || isComma)) {
        spaces |= 1L << Math.min(letters.length(), Long.SIZE - 1);
        hasComma |= isComma;
      }
      letters.append(piece.text());
      spelledOut.append(text.spelledOut(piece.span().start(), piece.span().end()));
      allSingle &= piece.length() == 1;
      anyOrdinary |= OrdinaryWords.anyHas(piece.text());
    }

    boolean isWhole() {
      return spaces == 0;
    }

    /// Whether spaces stand only where the words of the form end; or the pieces are no words, so
    /// that the name was torn.
    boolean isCutLike(NameForm form) {
      // "Bakker, Lotte", but not "Goed, Mees".
      if (hasComma && context.isNoNoun(pieces.get(from).text())) {
        return false;
      }
      return (spaces & ~form.cuts()) == 0
          || (allSingle && letters.length() >= SHORTEST)
          || (!anyOrdinary && form.isClose() && letters.length() >= SURE);
    }
  }

  private boolean isName(PieceRow row, int to) {
    String letters = row.letters.toString();
    return isName(row, letters, to)
        || (row.spelledOut.length() > letters.length()
            && isName(row, row.spelledOut.toString(), to));
  }

  private boolean isName(PieceRow row, String letters, int to) {
    NameForm form = forms.find(letters);
    if (form != null) {
      return row.isCutLike(form) && isWritten(form, row, to);
    }
    if (row.isWhole() && context.isOrdinary(letters)) {
      return false;
    }
    if (hasThreeAlike(letters) && isWithEnding(row, letters.replaceAll("(.)\\1{2,}", "$1$1"), to)) {
      return true;
    }
    return isWithEnding(row, letters, to) || isStretched(row, letters, to);
  }

  private boolean isWithEnding(PieceRow row, String letters, int to) {
    if (!forms.mayBegin(letters.substring(0, Math.min(2, letters.length())))) {
      return false;
    }
    if (pieces.get(to - 1).length() == 1 && to - row.from > 1) {
      return false;
    }
    for (String name : NameEndings.owners(letters)) {
      NameForm form = forms.find(name);
      if (form != null && fits(row, form, name) && isOwnName(form, name, row, to)) {
        return true;
      }
    }
    for (String name : NameEndings.smallForms(letters)) {
      NameForm form = forms.find(name);
      if (form != null
          && form.isFirst()
          && fits(row, form, name)
          && isOwnName(form, name, row, to)) {
        return true;
      }
    }
    return false;
  }

  // The ending is written together with the name.
  private static boolean fits(PieceRow row, NameForm form, String name) {
    return form.kind() != FormKind.INITIALS
        && (row.spaces & ~form.cuts()) == 0
        && row.spaces >> Math.min(name.length() - 1, Long.SIZE - 1) == 0;
  }

  // A short name with something behind it is more often another word.
  private boolean isOwnName(NameForm form, String name, PieceRow row, int to) {
    boolean capital = pieces.get(row.from).isCapital();
    if (name.length() < SHORTEST + (form.kind() == FormKind.SHORT ? 1 : 0) && !capital) {
      return false;
    }
    if (!OrdinaryWords.anyHas(name)) {
      return isWritten(form, row, to);
    }
    boolean isSmall = row.letters.length() > name.length() + 1 && form.isFirst();
    return capital && (isSmall || context.isNameLike(form, row.from, to));
  }

  private boolean isStretched(PieceRow row, String letters, int to) {
    NameForm form = forms.findSqueezed(letters);
    if (form == null
        || !row.isWhole()
        || letters.length() < SHORTEST
        || OrdinaryWords.anyHas(letters)) {
      return false;
    }
    return hasThreeAlike(letters)
        || (form.isClose()
            && form.kind().compareTo(FormKind.WORD) >= 0
            && letters.length() >= SURE - 1
            && NameForms.squeeze(letters).length() >= SHORTEST + 1
            && isWritten(form, row, to));
  }

  private static boolean hasThreeAlike(String letters) {
    for (int i = 2; i < letters.length(); i++) {
      if (letters.charAt(i) == letters.charAt(i - 1)
          && letters.charAt(i) == letters.charAt(i - 2)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWritten(NameForm form, PieceRow row, int to) {
    Piece first = pieces.get(row.from);
    Piece last = pieces.get(to - 1);
    String letters = row.letters.toString();
    return switch (form.kind()) {
      case INITIALS -> areInitials(row, to);
      case SHORT ->
          letters.length() == 2
              ? first.isTitle() && !OrdinaryWords.anyHas(letters)
              : (first.isCapital() || letters.length() > SHORTEST)
                  && !OrdinaryWords.anyHas(letters);
      case WORD -> isWordWritten(form, row, to);
      case SEVERAL ->
          isInitialWritten(first, row.from, to)
              && isInitialWritten(last, to - 1, to)
              && (!areAllOrdinary(row, to) || context.isNameLike(form, row.from, to));
    };
  }

  private boolean isWordWritten(NameForm form, PieceRow row, int to) {
    Piece first = pieces.get(row.from);
    String letters = row.letters.toString();
    if (row.isWhole() ? context.isOrdinary(letters) : areAllOrdinary(row, to)) {
      return (form.isClose() || form.isFirst()) && context.isNameLike(form, row.from, to);
    }
    if (letters.length() < SHORTEST) {
      return form.isClose() && first.isCapital() && isAlone(row.from, to);
    }
    return form.isClose() || form.isFirst() || first.isCapital();
  }

  // Two letters inside of a word are none.
  private boolean isAlone(int from, int to) {
    return pieces.get(from).gap() != Gap.NONE
        && (to == pieces.size() || pieces.get(to).gap() != Gap.NONE || isBareNumber(to));
  }

  private boolean areAllOrdinary(PieceRow row, int to) {
    if (row.isWhole() && to - row.from == 1) {
      return context.isOrdinary(row.letters.toString());
    }
    return pieces.subList(row.from, to).stream()
        .allMatch(piece -> piece.length() == 1 || context.isOrdinary(piece.text()));
  }

  // "M. Keller", "M Keller", "mkeller" and "max k.", but not "een m keller".
  private boolean isInitialWritten(Piece piece, int at, int to) {
    if (piece.length() > 1) {
      return true;
    }
    boolean apart =
        (at == to - 1 && (piece.gap() == Gap.SPACE || piece.gap() == Gap.TIGHT))
            || (at < to - 1 && pieces.get(at + 1).gap() == Gap.SPACE);
    boolean dotted = at == to - 1 && text.lower().startsWith(".", piece.span().end());
    return !apart || dotted || piece.isCapital();
  }

  // "L.B."; and "FvdB", where at least three of them are written as one word of changing case.
  private boolean areInitials(PieceRow row, int to) {
    boolean dotted = to - row.from > 1;
    for (int i = row.from; i < to; i++) {
      dotted &=
          pieces.get(i).length() == 1 && text.lower().startsWith(".", pieces.get(i).span().end());
    }
    boolean mixed = to - row.from > 1 && row.letters.length() >= SHORTEST;
    for (int i = row.from + 1; i < to; i++) {
      mixed &= pieces.get(i).gap() == Gap.NONE;
    }
    return (dotted || mixed) && pieces.get(row.from).isCapital() && pieces.get(to - 1).isCapital();
  }

  // Digits in place of letters: "S4nne".
  private int endOfDisguised(int from) {
    if (from > 0 && pieces.get(from).gap() == Gap.NONE) {
      return from;
    }
    int to = from + 1;
    boolean digits = !pieces.get(from).isWord();
    boolean letters = pieces.get(from).isWord();
    while (to < pieces.size() && pieces.get(to).gap() == Gap.NONE && to - from < MOST_PIECES) {
      digits |= !pieces.get(to).isWord();
      letters |= pieces.get(to).isWord();
      to++;
    }
    return digits && letters && isDisguised(from, to) ? to : from;
  }

  private boolean isDisguised(int from, int to) {
    StringBuilder seen = new StringBuilder();
    for (Piece piece : pieces.subList(from, to)) {
      for (char letter : piece.text().toCharArray()) {
        seen.append(DIGITS.getOrDefault(letter, Character.toString(letter)));
      }
    }
    for (String letters : List.of(seen.toString(), seen.toString().replace('i', 'l'))) {
      NameForm form = letters.length() > SHORTEST ? forms.find(letters) : null;
      if (form != null && form.kind().compareTo(FormKind.WORD) >= 0) {
        return true;
      }
    }
    return false;
  }
}
