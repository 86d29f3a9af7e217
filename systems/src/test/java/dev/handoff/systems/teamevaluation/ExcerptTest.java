package dev.handoff.systems.teamevaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Where a long text ends.
final class ExcerptTest {
  @Test
  void endsWithAMarkAndNeverWithHalfACharacter() {
    assertThat(Excerpt.of("kort", 4, "...")).isEqualTo("kort");
    assertThat(Excerpt.of("te lang", 6, "...")).isEqualTo("te ...");
    assertThat(Excerpt.of("ab🙂cd", 5, "..")).isEqualTo("ab..");
    assertThat(Excerpt.of("ab🙂cdef", 6, "..")).isEqualTo("ab🙂..");
    assertThat(Excerpt.of("🙂🙂", 3, "")).isEqualTo("🙂");
  }
}
