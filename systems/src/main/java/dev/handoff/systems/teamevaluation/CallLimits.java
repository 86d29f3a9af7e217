package dev.handoff.systems.teamevaluation;

import static org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE;
import static org.springframework.web.servlet.HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.handoff.TimeSource;
import dev.handoff.systems.http.RefusedException;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.web.servlet.HandlerInterceptor;

/// Bounds how often a person makes the same call in a minute, by the path as it was asked for. How
/// a job stands may be asked at will: pages poll it. Remembers at most 100,000 paths of persons on
/// this node. Safe for use by many threads.
final class CallLimits implements HandlerInterceptor {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int REMEMBERED = 100_000;
  private static final String STATUS = "/jobs/{job}/status";

  private final TeamEvaluationPage limits;
  private final TimeSource clock;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(WINDOW.multipliedBy(2))
          .build();

  CallLimits(TeamEvaluationPage limits, TimeSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String call = call(request);
    // An answer that stayed open comes by once more at its end, and was counted when it began.
    if (call.endsWith(STATUS) || request.getDispatcherType() == DispatcherType.ASYNC) {
      return true;
    }
    int limit = limit(call);
    String about = String.valueOf(request.getAttribute(URI_TEMPLATE_VARIABLES_ATTRIBUTE));
    Bucket bucket = buckets.get(String.join(" ", caller(request), call, about), _ -> bucket(limit));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    tell(response, limit, probe);
    if (!probe.isConsumed()) {
      Duration wait = Duration.ofSeconds(seconds(probe.getNanosToWaitForRefill()));
      throw RefusedException.tooMany(
          "Rate limit exceeded. Retry after %d seconds.".formatted(wait.toSeconds()), wait);
    }
    return true;
  }

  // As the call was declared, so that it is the same one however its address was written.
  private static String call(HttpServletRequest request) {
    String pattern = String.valueOf(request.getAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE));
    String bare = SummaryController.BARE_CALLS;
    return pattern.startsWith(bare)
        ? SummaryController.CALLS + pattern.substring(bare.length())
        : pattern;
  }

  private int limit(String call) {
    if (call.endsWith("/batch-queue")) {
      return limits.batchPerMinute();
    }
    return call.endsWith("/queue") ? limits.queuePerMinute() : limits.callsPerMinute();
  }

  private static String caller(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return principal == null ? request.getRemoteAddr() : principal.getName();
  }

  // All of them are there again a minute after the first was taken.
  private Bucket bucket(int limit) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(limit).refillIntervally(limit, WINDOW).build())
        .withCustomTimePrecision(new ByTheClock(clock))
        .build();
  }

  private void tell(HttpServletResponse response, int limit, ConsumptionProbe probe) {
    Instant reset = clock.instant().plusSeconds(seconds(probe.getNanosToWaitForReset()));
    response.setHeader("X-RateLimit-Limit", Integer.toString(limit));
    response.setHeader("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
    response.setHeader("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
  }

  private static long seconds(long nanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + 999_999_999));
  }

  /// The one clock, for the buckets.
  private record ByTheClock(TimeSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.instant().toEpochMilli());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
