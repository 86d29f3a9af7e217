package dev.handoff.spring.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/// The remaining submits of each owner at this node. Keeps at most 100,000 owners. Safe for use by
/// many threads.
final class SubmitQuota {
  private static final String NAME = "submits";
  private static final int REMEMBERED = 100_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int perMinute;
  // After two windows a bucket is full again, as a new one is.
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(WINDOW.multipliedBy(2))
          .build();

  SubmitQuota(int perMinute) {
    this.perMinute = perMinute;
  }

  /// Takes this many submits from the caller's quota. A batch larger than the quota needs the whole
  /// quota, and its excess delays the next submit.
  ///
  /// @return the headers that tell what is left; none without a quota
  /// @throws ProblemException when too few are left
  Map<String, String> take(Caller caller, int submits) {
    if (perMinute == 0 || submits == 0) {
      return Map.of();
    }
    Bucket bucket = buckets.get(IdempotencyKey.scope(caller), ignored -> newBucket());
    long now = Math.min(submits, perMinute);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(now);
    if (!probe.isConsumed()) {
      throw refused(probe);
    }
    long debt = submits - now;
    if (debt > 0) {
      var ignored = bucket.consumeIgnoringRateLimits(debt);
    }
    return headers(probe.getRemainingTokens() - debt);
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(perMinute).refillGreedy(perMinute, WINDOW).build())
        .build();
  }

  private ProblemException refused(ConsumptionProbe probe) {
    Map<String, String> headers = new HashMap<>(headers(probe.getRemainingTokens()));
    long wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
    headers.put(HttpHeaders.RETRY_AFTER, Long.toString(wait));
    return new ProblemException(
        Problem.QUOTA_EXCEEDED, headers, Map.of("violated-policies", List.of(NAME)));
  }

  private Map<String, String> headers(long left) {
    long missing = perMinute - left;
    long untilFull = Math.ceilDiv(missing * WINDOW.toSeconds(), perMinute);
    return Map.of(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d".formatted(NAME, perMinute, WINDOW.toSeconds()),
        "RateLimit",
        "\"%s\";r=%d;t=%d".formatted(NAME, Math.max(0, left), untilFull));
  }
}
