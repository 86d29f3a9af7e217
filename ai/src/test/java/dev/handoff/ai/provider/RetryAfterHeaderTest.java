package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class RetryAfterHeaderTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

  @Test
  void readsSecondsAndDates() {
    assertThat(RetryAfterHeader.parse("20", CLOCK)).contains(Duration.ofSeconds(20));
    assertThat(RetryAfterHeader.parse("1.5", CLOCK)).contains(Duration.ofMillis(1500));
    assertThat(RetryAfterHeader.parse("Sun, 01 Mar 2026 10:01:30 GMT", CLOCK))
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void keepsTheWaitBetweenASecondAndADay() {
    assertThat(RetryAfterHeader.parse("0", CLOCK)).contains(Duration.ofSeconds(1));
    assertThat(RetryAfterHeader.parse("Sun, 01 Mar 2026 09:00:00 GMT", CLOCK))
        .contains(Duration.ofSeconds(1));
    assertThat(RetryAfterHeader.parse("999999999", CLOCK)).contains(Duration.ofHours(24));
  }

  @Test
  void ignoresWhatItCannotRead() {
    assertThat(RetryAfterHeader.parse("soon", CLOCK)).isEmpty();
    assertThat(RetryAfterHeader.parse("-5", CLOCK)).isEmpty();
    assertThat(RetryAfterHeader.parse("", CLOCK)).isEmpty();
  }
}
