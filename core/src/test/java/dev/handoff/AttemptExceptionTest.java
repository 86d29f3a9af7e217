package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptExceptionTest {
  private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
  private final AttemptException busy = AttemptException.of(FailureKind.RATE_LIMITED, "busy");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|7",
        " 2.5 |2.5",
        "0|1",
        "999999999|86400",
        "Mon, 05 Jan 2026 09:01:30 GMT|90",
        "Mon, 05 Jan 2026 08:00:00 GMT|1",
        "Tue, 05 Jan 2027 09:00:00 GMT|86400"
      })
  void waitsAsLongAsTheHeaderSays(String header, double seconds) {
    assertThat(busy.retryAfter(header, NINE).retryAfter())
        .contains(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-3", "1e9", "99999999999999999999", "Mon, 99 Jan 2026"})
  void aHeaderThatSaysNothingChangesNothing(String header) {
    assertThat(busy.retryAfter(header, NINE)).isSameAs(busy);
    AttemptException five = busy.retryAfter(Duration.ofSeconds(5));
    assertThat(five.retryAfter(header, NINE).retryAfter()).contains(Duration.ofSeconds(5));
  }
}
