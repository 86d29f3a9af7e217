package dev.handoff.systems.teamevaluation.web;

import static org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE;
import static org.springframework.web.servlet.HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE;

import dev.handoff.TimeSource;
import dev.handoff.systems.kit.KeyedLimits;
import dev.handoff.systems.kit.KeyedLimits.Refill;
import dev.handoff.systems.kit.RefusedException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.servlet.HandlerInterceptor;

/// Bounds how often a person makes the same call in a minute, by the path as it was asked for. The
/// status of a job may be asked without bound: pages poll it. Safe for use by many threads.
final class CallLimits implements HandlerInterceptor {
  private static final String STATUS = "/jobs/{job}/status";

  private final TeamEvaluationPage limits;
  private final TimeSource clock;
  private final KeyedLimits calls;

  CallLimits(TeamEvaluationPage limits, TimeSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.calls = new KeyedLimits(Duration.ofMinutes(1), Refill.AT_ONCE, clock);
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
    KeyedLimits.LimitUse use = calls.use(String.join(" ", caller(request), call, about), limit);
    Instant reset = clock.instant().plusSeconds(seconds(use.untilFull()));
    response.setHeader("X-RateLimit-Limit", Integer.toString(limit));
    response.setHeader("X-RateLimit-Remaining", Long.toString(use.remaining()));
    response.setHeader("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
    if (!use.allowed()) {
      Duration wait = Duration.ofSeconds(seconds(use.untilNext()));
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

  private static long seconds(Duration time) {
    return Math.max(1, time.plusNanos(999_999_999).toSeconds());
  }
}
