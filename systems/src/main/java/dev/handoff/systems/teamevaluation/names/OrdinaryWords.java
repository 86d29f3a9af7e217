package dev.handoff.systems.teamevaluation.names;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ordinary words of one language that a comment may contain, from a shipped file. Immutable.
final class OrdinaryWords {
  enum Language {
    NL,
    EN,
    DE
  }

  /// What a word is, as far as that tells whether a name stands there.
  enum Section {
    /// Forms that have somebody else as their subject: "was", "heeft".
    VERBS,
    /// What follows a verb when its subject does: "was hij".
    SUBJECTS,
    ARTICLES,
    /// Words after which a subject comes: "dat", "toen".
    CLAUSES,
    /// Things that can be counted; in Dutch and English a sentence begins with none of them.
    NOUNS,
    OTHER
  }

  // Dutch first: it is taken where the words do not tell.
  private static final List<OrdinaryWords> ALL =
      List.of(read(Language.NL), read(Language.EN), read(Language.DE));

  private final Language language;
  private final Map<Section, Set<String>> sections;
  private final Set<String> all = new HashSet<>();

  private OrdinaryWords(Language language, Map<Section, Set<String>> sections) {
    this.language = language;
    this.sections = sections;
    sections.values().forEach(all::addAll);
  }

  private static OrdinaryWords read(Language language) {
    Map<Section, Set<String>> sections = new EnumMap<>(Section.class);
    Section section = Section.OTHER;
    for (String line :
        NameFiles.lines("words." + language.name().toLowerCase(java.util.Locale.ROOT))) {
      if (line.startsWith("[")) {
        section =
            Section.valueOf(
                line.substring(1, line.length() - 1).toUpperCase(java.util.Locale.ROOT));
      } else {
        Set<String> words = sections.computeIfAbsent(section, ignored -> new HashSet<>());
        words.addAll(List.of(line.split(" +", -1)));
      }
    }
    return new OrdinaryWords(language, sections);
  }

  /// Those of the language in which most of these pieces are words.
  static OrdinaryWords of(List<Piece> pieces) {
    OrdinaryWords best = ALL.getFirst();
    int most = -1;
    for (OrdinaryWords words : ALL) {
      int count = 0;
      for (Piece piece : pieces) {
        count += words.has(piece.text()) ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = words;
      }
    }
    return best;
  }

  /// Whether it is a word of any language that is known here.
  static boolean anyHas(String word) {
    return ALL.stream().anyMatch(words -> words.has(word));
  }

  boolean has(String word) {
    return all.contains(word);
  }

  boolean has(Section section, String word) {
    return sections.getOrDefault(section, Set.of()).contains(word);
  }

  boolean isGerman() {
    return language == Language.DE;
  }

  boolean isEnglish() {
    return language == Language.EN;
  }
}
