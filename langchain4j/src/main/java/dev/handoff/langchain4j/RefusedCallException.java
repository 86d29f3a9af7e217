package dev.handoff.langchain4j;

import dev.handoff.AttemptException;
import dev.langchain4j.exception.HttpException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The provider answered with an error status. The message is the body, at most 16 KiB of it,
/// without the call's own key.
final class RefusedCallException extends HttpException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String retryAfter;
  private final Instant at;

  RefusedCallException(int status, String body, @Nullable String retryAfter, Instant at) {
    super(status, body);
    this.retryAfter = retryAfter;
    this.at = at;
  }

  /// The failure with the wait that the provider asked for, if it did.
  AttemptException withWait(AttemptException failure) {
    return retryAfter == null ? failure : failure.retryAfter(retryAfter, at);
  }
}
