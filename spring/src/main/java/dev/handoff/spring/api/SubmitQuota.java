package dev.handoff.spring.api;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.HttpHeaders;

/// The remaining submits of each owner at this node: a token bucket for each, filled evenly within
/// a minute. Keeps at most 100,000 owners. Safe for use by many threads.
final class SubmitQuota {
  private static final String NAME = "submits";
  private static final int REMEMBERED = 100_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int perMinute;
  private final ReentrantLock counting = new ReentrantLock();
  // When each owner's bucket is full, by the process's clock; the one used longest ago comes first.
  private final LinkedHashMap<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

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
    long left;
    counting.lock();
    try {
      left = take(IdempotencyKey.scope(caller), submits, System.nanoTime());
    } finally {
      counting.unlock();
    }
    return headers(left);
  }

  private long take(String owner, int submits, long now) {
    long each = WINDOW.toNanos() / perMinute;
    long whole = each * perMinute;
    long missing = Math.max(0, fullAt.getOrDefault(owner, now) - now);
    long wait = Math.min(submits, perMinute) * each - (whole - missing);
    if (wait > 0) {
      throw refused(Math.floorDiv(whole - missing, each), Duration.ofNanos(wait));
    }
    long after = missing + submits * each;
    fullAt.put(owner, now + after);
    if (fullAt.size() > REMEMBERED) {
      fullAt.pollFirstEntry();
    }
    return Math.floorDiv(whole - after, each);
  }

  private ProblemException refused(long left, Duration wait) {
    Map<String, String> headers = new HashMap<>(headers(left));
    headers.put(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
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
