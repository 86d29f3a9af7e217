package dev.handoff.systems.zoneinsights;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a question is about.
public record Topic(long id, String name, String subject, String icon, @Nullable String chapter) {
  /// The subject it is counted under.
  Optional<Subject> counted() {
    return Subject.of(subject);
  }
}
