package dev.handoff.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryHintsTest {
  private static final RetryHints HINTS =
      new RetryHints(InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after: 20|20000",
        "retry-after: 1.5|1500",
        "Retry-After: Sun, 01 Mar 2026 10:01:30 GMT|90000",
        "Retry-After: 2026-03-01T10:00:10Z|10000",
        "Retry-After: 12s|12000",
        "retry-after-ms: 7000|7000",
        "x-ms-retry-after-ms: 2500|2500",
        "retry-after: 8; retry-after-ms: 7250|7250",
        "x-ratelimit-reset-requests: 1m30s|90000",
        "x-ratelimit-remaining-requests: 12; x-ratelimit-reset-requests: 1s; "
            + "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 6m0s|360000",
        "X-RateLimit-Reset: 1772359260|60000",
        "X-RateLimit-Reset: 1772359260000|60000",
        "ratelimit-reset: 30|30000",
        "anthropic-ratelimit-tokens-remaining: 0; "
            + "anthropic-ratelimit-tokens-reset: 2026-03-01T10:00:42Z|42000",
        "X-Rate-Limit-Reset: 7|7000",
        "x-ratelimit-reset-after: 2.5|2500",
        "x-retry-after-ms: 1500|1500",
        "Retry-After: \"30\"|30000",
        "Retry-After: 7 seconds|7000",
        "RateLimit: limit=100, remaining=0, reset=7|7000",
        "RateLimit: \"default\";r=0;t=9|9000",
        "retry-after: 0|1000",
        "retry-after: Sun, 01 Mar 2026 09:00:00 GMT|1000",
        "retry-after: 999999999|86400000"
      })
  void readsHeaders(String headers, long millis) {
    assertThat(read(429, headers, "")).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"error\":{\"message\":\"Please retry in 23.4s.\",\"details\":[{\"retryDelay\":\"23s\"}]}}]|23000",
        "{\"error\":{\"details\":[{\"retryDelay\":\"3.250s\"}]}}|3250",
        "{\"error\":{\"details\":[{\"retryDelay\":{\"seconds\":9}}]}}|9000",
        "{\"error\":{\"message\":\"x\"},\"retry_after\":5}|5000",
        "{\"retry_after_ms\":1800}|1800",
        "{\"error\":{\"retryAfterMs\":\"1800\"}}|1800",
        "{\"parameters\":{\"retry_after_seconds\":4}}|4000",
        "{\"error\":{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"1772359260000\"}}}}|60000",
        "{\"error\":{\"message\":\"Rate limit reached. Please try again in 6.5s. Visit\"}}|6500",
        "{\"error\":{\"message\":\"Please try again in 7m12.5s.\"}}|432500",
        "{\"error\":{\"message\":\"Please try again in 1h2m3s.\"}}|3723000",
        "{\"error\":{\"message\":\"Please try again in 20ms.\"}}|1000",
        "{\"error\":{\"message\":\"Please retry after 30 seconds.\"}}|30000",
        "Too many requests, retry in 2 minutes and 5 seconds|125000",
        "Rate limited. Wait for 12 sec|12000",
        "{\"error\":{\"message\":\"Retry after 7\"}}|7000",
        "Please retry after: 7.|7000",
        "{\"error\":\"x\",\"estimated_time\":20.0}|20000",
        "{\"wait_seconds\":7}|7000",
        "{\"error\":{\"reset_at\":1772359260}}|60000",
        "{\"error\":{\"resets_in_seconds\":60}}|60000",
        "{\"error\":{\"quotaResetTimeStamp\":\"2026-03-01T10:01:00Z\"}}|60000",
        "{\"error\":{\"message\":\"{\\\"details\\\":[{\\\"retryDelay\\\": \\\"23s\\\"}]}\"}}|23000",
        "Your quota will reset after 1h2m3s.|3723000",
        "Rate limit reached. Please try again in 1m.|60000",
        "cool down for 7 s|7000"
      })
  void readsBodies(String body, long millis) {
    assertThat(read(429, "", body)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "<html>",
        "{\"error\":{\"message\":\"Rate limit of 3 requests per 20s reached\"}}",
        "{\"error\":{\"message\":\"Please try again later\"}}",
        "{\"retry_after\":null,\"retryDelay\":\"soon\"}",
        "{\"retry_after\":-5}"
      })
  void ignoresWhatSaysNothing(String body) {
    assertThat(read(429, "retry-after: soon", body)).isEmpty();
    assertThat(read(429, "retry-after: -5", body)).isEmpty();
  }

  @Test
  void timesOfOtherErrorsAreNoWaits() {
    assertThat(read(400, "x-ratelimit-reset: 9", "\"retry with less than 30 seconds of sound\""))
        .isEmpty();
    assertThat(read(503, "", "{\"error\":\"Loading, retry in 9s\"}"))
        .contains(Duration.ofSeconds(9));
  }

  private static Optional<Duration> read(int status, String headers, String body) {
    Map<String, List<String>> map = new HashMap<>();
    for (String header : headers.split("; ", -1)) {
      int colon = header.indexOf(": ");
      if (colon > 0) {
        map.put(header.substring(0, colon), List.of(header.substring(colon + 2)));
      }
    }
    return HINTS.read(status, HttpHeaders.of(map, (a, b) -> true), body);
  }
}
