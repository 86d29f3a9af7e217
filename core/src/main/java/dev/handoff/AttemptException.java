package dev.handoff;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure that a handler, or a library it calls, can explain. Its message is shown to the person
/// waiting, so it names no server, path, key or class; details belong into the cause, which only
/// the log sees.
public final class AttemptException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final @Nullable Duration retryAfter;

  private AttemptException(
      FailureKind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "a failure has a kind");
    this.retryAfter = retryAfter;
    if (cause != null) {
      initCause(cause);
    }
  }

  /// A failure of this kind, with a sentence for the person waiting.
  public static AttemptException of(FailureKind kind, String message) {
    return new AttemptException(kind, message, null, null);
  }

  /// The same failure with the exception that caused it.
  public AttemptException causedBy(Throwable cause) {
    return new AttemptException(kind, message(), retryAfter, cause);
  }

  /// The same failure with the wait that the provider asked for (its `Retry-After`). Such a failure
  /// costs no attempt: the task is snoozed, for at least a second.
  public AttemptException retryAfter(Duration wait) {
    return new AttemptException(kind, message(), wait, getCause());
  }

  /// The same failure with the wait that a `Retry-After` header asks for: seconds, or an HTTP date
  /// read against this time. Kept between 1 s and 24 h. Unchanged if the header says neither.
  public AttemptException retryAfter(String header, Instant now) {
    return RetryAfterValue.parse(header.strip(), now).map(this::retryAfter).orElse(this);
  }

  /// Returns the kind of failure, which the retry policy goes by.
  public FailureKind kind() {
    return kind;
  }

  /// What the person waiting may read.
  public String message() {
    return Objects.requireNonNullElse(getMessage(), kind.code());
  }

  /// How long the provider asked to wait, when it did.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
