package dev.handoff.systems.zoneinsights;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A subject that insights are made of, in the order that people read them in.
enum Subject {
  PHYSICS("Physics", "physics"),
  CHEMISTRY("Chemistry", "chemistry", "chemical"),
  BOTANY("Botany", "botany", "plant"),
  ZOOLOGY("Zoology", "zoology", "animal"),
  BIOLOGY("Biology", "biology", "bio"),
  MATH("Math", "math", "algebra", "geometry");

  private final String label;
  private final List<String> words;

  Subject(String label, String... words) {
    this.label = label;
    this.words = List.of(words);
  }

  /// As it is stored and shown.
  String label() {
    return label;
  }

  /// The column of its topics in a test, and the field on the wire.
  String topicsColumn() {
    return name().toLowerCase(Locale.ROOT) + "_topics";
  }

  /// The column of its score in a test, and the field on the wire.
  String scoreColumn() {
    return name().toLowerCase(Locale.ROOT) + "_score";
  }

  /// The subject that a topic's subject is counted under; nothing for any other.
  static Optional<Subject> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Subject subject : values()) {
      if (subject.words.stream().anyMatch(lower::contains)) {
        return Optional.of(subject);
      }
    }
    return Optional.empty();
  }
}
