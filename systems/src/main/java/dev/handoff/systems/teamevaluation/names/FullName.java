package dev.handoff.systems.teamevaluation.names;

import dev.handoff.systems.teamevaluation.names.Piece.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// Somebody's name, in its words.
record FullName(List<NameWord> words) {
  private static final int MOST_WORDS = 8;
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "der", "den", "de", "dem", "het", "t", "ten", "ter", "te", "op", "in", "aan",
          "bij", "uit", "von", "zu", "zum", "zur", "vom", "la", "le", "les", "el", "al", "di", "da",
          "dos", "das", "do", "du", "des", "del", "della", "bin", "ibn", "ben", "bint", "und", "y",
          "e", "tot", "of", "s", "d", "o", "mc", "mac", "abu", "ould", "ait");

  private static final Set<String> APOSTROPHES = Set.of("d", "o", "s", "t", "mc", "mac");

  FullName {
    words = List.copyOf(words);
  }

  /// A word of a name, in small letters.
  ///
  /// @param parts what a hyphen, an apostrophe or a capital divides it into
  record NameWord(List<String> parts, boolean isParticle) {
    NameWord {
      parts = List.copyOf(parts);
    }

    String joined() {
      return String.join("", parts);
    }

    String initials() {
      StringBuilder initials = new StringBuilder();
      parts.forEach(part -> initials.append(part.charAt(0)));
      return initials.toString();
    }
  }

  /// The name as it was written, and as it is spelled out where it has letters with two dots.
  static List<FullName> of(String name) {
    FoldedText text = FoldedText.of(firstNameFirst(name));
    List<Piece> pieces = Pieces.of(text);
    FullName plain = read(pieces, (start, end) -> text.lower().substring(start, end));
    FullName spelledOut = read(pieces, text::spelledOut);
    return plain.equals(spelledOut) ? List.of(plain) : List.of(plain, spelledOut);
  }

  // "Vries, Sanne de" is Sanne de Vries.
  private static String firstNameFirst(String name) {
    int comma = name.indexOf(',');
    return comma < 0 ? name : name.substring(comma + 1) + " " + name.substring(0, comma);
  }

  private static FullName read(List<Piece> pieces, BiFunction<Integer, Integer, String> text) {
    List<List<String>> words = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.isWord()) {
        boolean goesOn = piece.gap() == Gap.NONE || piece.gap() == Gap.TIGHT;
        if (!goesOn || words.isEmpty() || isBehindParticle(words.getLast())) {
          words.add(new ArrayList<>());
        }
        words.getLast().add(text.apply(piece.span().start(), piece.span().end()));
      }
    }
    return new FullName(
        words.stream()
            .limit(MOST_WORDS)
            .map(parts ->
                new NameWord(parts, parts.size() == 1 && PARTICLES.contains(parts.getFirst())))
            .toList());
  }

  // "al-Hassan" is two words; "D'Angelo" and "McCarthy" are one.
  private static boolean isBehindParticle(List<String> word) {
    return word.size() == 1
        && PARTICLES.contains(word.getFirst())
        && !APOSTROPHES.contains(word.getFirst());
  }

  static boolean isParticle(String part) {
    return PARTICLES.contains(part);
  }

  /// The same name with another first name.
  FullName calledBy(String first) {
    List<NameWord> called = new ArrayList<>(words);
    called.set(0, new NameWord(List.of(first), false));
    return new FullName(called);
  }

  int size() {
    return words.size();
  }

  NameWord first() {
    return words.getFirst();
  }

  /// Whether a word tells nobody apart: a particle between others.
  boolean isParticle(int word) {
    return word > 0 && word < words.size() - 1 && words.get(word).isParticle();
  }

  List<NameWord> between(int from, int to) {
    return words.subList(from, to);
  }

  /// The initials of the words between two places, particles left out.
  String initials(int from, int to) {
    StringBuilder initials = new StringBuilder();
    for (int i = from; i < to; i++) {
      if (!isParticle(i)) {
        initials.append(words.get(i).initials());
      }
    }
    return initials.toString();
  }
}
