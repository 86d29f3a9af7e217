package dev.handoff.systems.teamevaluation.names;

import dev.handoff.systems.teamevaluation.names.OrdinaryWords.Section;
import dev.handoff.systems.teamevaluation.names.Piece.Casing;
import dev.handoff.systems.teamevaluation.names.Piece.Gap;
import java.util.List;
import java.util.Set;

/// Decides whether an ordinary word is a name where it stands: by its capital, its place in the
/// sentence and the words beside it.
final class NameContext {
  private static final Set<String> MONTHS =
      Set.of("april", "may", "june", "august", "mai", "summer", "autumn", "dawn", "eve");
  private static final Set<String> OF_TIME =
      Set.of(
          "in", "by", "since", "until", "till", "from", "this", "next", "last", "of", "early",
          "late", "mid", "before", "after", "during", "im", "seit", "bis", "ab", "every");
  private static final Set<String> BESIDE_VERB =
      Set.of(
          "ook",
          "altijd",
          "echt",
          "heel",
          "vaak",
          "nooit",
          "soms",
          "niet",
          "zelf",
          "always",
          "often",
          "really",
          "also",
          "never",
          "sometimes",
          "auch",
          "immer",
          "oft",
          "nie");
  private static final Set<String> AND = Set.of("en", "and", "und");

  private final List<Piece> pieces;
  private final OrdinaryWords words;
  private final boolean capitalsTell;

  NameContext(List<Piece> pieces) {
    this.pieces = pieces;
    this.words = OrdinaryWords.of(pieces);
    this.capitalsTell = capitalsTell();
  }

  boolean isOrdinary(String word) {
    return words.has(word);
  }

  boolean isNoNoun(String word) {
    return words.has(word) && !words.has(Section.NOUNS, word);
  }

  // Where most ordinary words have a capital, as in a title, one says nothing.
  private boolean capitalsTell() {
    int ordinary = 0;
    int capital = 0;
    for (Piece piece : pieces) {
      if (!piece.opens() && words.has(piece.text())) {
        ordinary++;
        capital += piece.isCapital() ? 1 : 0;
      }
    }
    return ordinary < 2 || capital * 2 <= ordinary;
  }

  /// Whether the pieces between two places, ordinary words by themselves, are written like a name.
  boolean isNameLike(NameForm form, int from, int to) {
    Piece first = pieces.get(from);
    if (hasCapitals(form, from, to)) {
      if (to - from > 1 || isOwner(to)) {
        return true;
      }
      if (!first.opens()) {
        return !isDate(from) && !(words.isGerman() && comesAfter(from, Section.ARTICLES));
      }
      if (words.has(Section.NOUNS, first.text()) && (form.isFirst() || verbFollows(from, to))) {
        return true;
      }
      if (form.isFirst() && isRow(to)) {
        return true;
      }
    }
    return form.isFirst() && beginsClause(from) && verbFollows(from, to);
  }

  // All the words; particles and initials may be small.
  private boolean hasCapitals(NameForm form, int from, int to) {
    boolean isFirstName = form.isFirst() && form.isClose();
    return capitalsTell
        && pieces.subList(from, to).stream()
            .allMatch(piece ->
                piece.isTitle()
                    || (piece.casing() == Casing.UPPER && isFirstName)
                    || piece.length() == 1
                    || (to - from > 1 && FullName.isParticle(piece.text())))
        && pieces.subList(from, to).stream().anyMatch(Piece::isCapital);
  }

  // "Will's part."
  private boolean isOwner(int to) {
    return to < pieces.size()
        && pieces.get(to).gap() == Gap.TIGHT
        && pieces.get(to).text().equals("s");
  }

  private boolean isDate(int at) {
    return MONTHS.contains(pieces.get(at).text())
        && ((at > 0
                && (OF_TIME.contains(pieces.get(at - 1).text()) || !pieces.get(at - 1).isWord()))
            || (at + 1 < pieces.size() && !pieces.get(at + 1).isWord()));
  }

  private boolean comesAfter(int at, Section section) {
    return at > 0
        && pieces.get(at).gap() == Gap.SPACE
        && words.has(section, pieces.get(at - 1).text());
  }

  // "Storm en Fleur deden veel." Within a sentence a capital is that of a name, but in German.
  private boolean isRow(int to) {
    return follows(to)
        && AND.contains(pieces.get(to).text())
        && follows(to + 1)
        && pieces.get(to + 1).isTitle()
        && (!words.has(pieces.get(to + 1).text()) || !words.isGerman());
  }

  private boolean beginsClause(int from) {
    return pieces.get(from).opens() || comesAfter(from, Section.CLAUSES);
  }

  // "Wil heeft veel gedaan"; not "Fijn was het": there the subject follows.
  private boolean verbFollows(int from, int to) {
    int at = follows(to) && BESIDE_VERB.contains(pieces.get(to).text()) ? to + 1 : to;
    return follows(at)
        && words.has(Section.VERBS, pieces.get(at).text())
        && !pieces.get(at).isCapital()
        && !(words.has(Section.OTHER, pieces.get(from).text())
            && !words.has(Section.VERBS, pieces.get(from).text())
            && follows(at + 1)
            && words.has(Section.SUBJECTS, pieces.get(at + 1).text()));
  }

  private boolean follows(int at) {
    return at < pieces.size() && pieces.get(at).gap() == Gap.SPACE;
  }
}
