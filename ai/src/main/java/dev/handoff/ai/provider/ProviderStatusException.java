package dev.handoff.ai.provider;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The provider reported an error: with a status, or within an answer, where the status is the one
/// that the report names or 0. The message is what it said, at most 16 KiB of a body.
final class ProviderStatusException extends HttpException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  ProviderStatusException(int status, String body, @Nullable Duration retryAfter) {
    super(status, body);
    this.retryAfter = retryAfter;
  }

  String body() {
    String body = getMessage();
    return body == null ? "" : body;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
