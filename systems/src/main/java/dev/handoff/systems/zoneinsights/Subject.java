package dev.handoff.systems.zoneinsights;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A subject that insights are made of, in the order that people read them in.
public enum Subject {
  PHYSICS("Physics", "physics"),
  CHEMISTRY("Chemistry", "chemistry|chemical"),
  BOTANY("Botany", "botany|plant"),
  ZOOLOGY("Zoology", "zoology|animal"),
  BIOLOGY("Biology", "biology|bio"),
  MATH("Math", "math|algebra|geometry");

  private final String label;
  private final Pattern words;

  Subject(String label, String words) {
    this.label = label;
    this.words = Pattern.compile(words);
  }

  public String label() {
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
      if (subject.words.matcher(lower).find()) {
        return Optional.of(subject);
      }
    }
    return Optional.empty();
  }
}
