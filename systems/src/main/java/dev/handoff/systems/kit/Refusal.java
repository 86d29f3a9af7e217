package dev.handoff.systems.kit;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a request is refused, before its system's [RefusalForm] makes JSON of it.
///
/// @param status the usual HTTP status, which a form may change
/// @param words what a person may read
/// @param code a word for programs; null leaves it to the form
/// @param details further fields of the answer, in this order
/// @param untilNext how long to wait before the next try; null where waiting does not help
public record Refusal(
    Why why,
    int status,
    String words,
    @Nullable String code,
    Map<String, Object> details,
    @Nullable Duration untilNext) {
  public Refusal {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  public enum Why {
    NO_LOGIN,
    /// The token was good once.
    EXPIRED_LOGIN,
    /// The token is forged or somebody else's.
    BAD_LOGIN,
    /// The login's account has moved to another tenant.
    MOVED_LOGIN,
    /// Whether the token is good cannot be found out now.
    UNDECIDED_LOGIN,
    /// The login is good but not enough, or the CSRF token is missing.
    FORBIDDEN,
    /// The body is not the JSON that it should be.
    UNREADABLE,
    TOO_LARGE,
    /// The call refused it.
    REFUSED,
    /// The framework refused it.
    INVALID,
    /// No call took it: there is none at this path, or none with this method.
    UNROUTED,
    /// The database is away.
    UNAVAILABLE,
    /// A defect of the server.
    DEFECT
  }

  public static Refusal of(Why why, int status, String words) {
    return new Refusal(why, status, words, null, Map.of(), null);
  }

  /// Nothing took the request with this path and method.
  public static Refusal unrouted(int status, String words, String path, String method) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("path", path);
    asked.put("method", method);
    return new Refusal(Why.UNROUTED, status, words, null, asked, null);
  }

  /// 503: what is needed does not answer.
  public static Refusal busy(Why why, Duration wait) {
    String words = "The server is busy. Please try again shortly.";
    return new Refusal(why, 503, words, null, Map.of(), wait);
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(untilNext);
  }

  public boolean is(Why other) {
    return why == other;
  }
}
