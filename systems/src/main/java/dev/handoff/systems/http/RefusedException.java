package dev.handoff.systems.http;

import dev.handoff.HandoffException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call is refused with this status and these words for the person; [SystemErrors] writes the
/// answer.
public final class RefusedException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable Duration retryAfter;

  private RefusedException(int status, String words, @Nullable Duration retryAfter) {
    super(words);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  public static RefusedException of(int status, String words) {
    return new RefusedException(status, words, null);
  }

  /// 400: the caller has to change the request.
  public static RefusedException badRequest(String words) {
    return of(400, words);
  }

  /// 429: the caller has to wait.
  public static RefusedException tooMany(String words, Duration retryAfter) {
    return new RefusedException(429, words, retryAfter);
  }

  public int status() {
    return status;
  }

  public String words() {
    return String.valueOf(getMessage());
  }

  /// How long to wait, where waiting helps.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
