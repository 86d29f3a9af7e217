package dev.handoff.langchain4j;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.HandoffException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sorts what goes wrong at a provider into kinds. The messages are for the person waiting.
final class ModelFailures {
  private static final Duration UNNAMED_WAIT = Duration.ofSeconds(10);
  private static final Pattern QUOTA =
      Pattern.compile("insufficient_quota|billing_hard_limit_reached|billing_not_active");
  private static final Pattern FILTERED =
      Pattern.compile("\"code\"\\s*:\\s*\"(content_filter|content_policy_violation)\"");
  // Inside a JSON string the quotes would be escaped, so these match real fields only.
  private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*[{\"]");
  private static final Pattern REFUSAL = Pattern.compile("\"refusal\"\\s*:\\s*\"[^\"]");

  private ModelFailures() {}

  /// What to throw for this: what no provider caused is returned as it is.
  ///
  /// @throws InterruptedException for an interrupt, with the thread's flag cleared
  static RuntimeException sorted(RuntimeException thrown) throws InterruptedException {
    if (find(thrown, InterruptedException.class) != null) {
      Thread.interrupted();
      InterruptedException interrupt = new InterruptedException("interrupted, call cancelled");
      interrupt.addSuppressed(thrown);
      throw interrupt;
    }
    if (thrown instanceof HandoffException) {
      return thrown;
    }
    return kindOf(thrown)
        .<RuntimeException>map(kind -> kind.getCause() == null ? kind.causedBy(thrown) : kind)
        .orElse(thrown);
  }

  private static Optional<AttemptException> kindOf(RuntimeException thrown) {
    @Nullable HttpException status = find(thrown, HttpException.class);
    if (status != null) {
      return Optional.of(ofStatus(status));
    }
    if (find(thrown, ContentFilteredException.class) != null) {
      return Optional.of(refused());
    }
    if (find(thrown, HttpConnectTimeoutException.class) == null
        && (find(thrown, HttpTimeoutException.class) != null
            || find(thrown, TimeoutException.class) != null)) {
      return Optional.of(timeout());
    }
    if (find(thrown, RateLimitException.class) != null) {
      return Optional.of(rateLimited());
    }
    if (find(thrown, AuthenticationException.class) != null) {
      return Optional.of(ofStatus(401, ""));
    }
    if (find(thrown, ModelNotFoundException.class) != null) {
      return Optional.of(misconfigured());
    }
    if (find(thrown, InvalidRequestException.class) != null) {
      return Optional.of(invalid());
    }
    if (find(thrown, IOException.class) != null
        || find(thrown, UnresolvedModelServerException.class) != null
        || find(thrown, InternalServerException.class) != null) {
      return Optional.of(unavailable());
    }
    return thrown instanceof LangChain4jException ? Optional.of(unreadable()) : Optional.empty();
  }

  private static AttemptException ofStatus(HttpException thrown) {
    AttemptException failure = ofStatus(thrown.statusCode(), String.valueOf(thrown.getMessage()));
    return thrown instanceof RefusedCallException refused ? refused.withWait(failure) : failure;
  }

  private static AttemptException ofStatus(int status, String body) {
    if (status == 402 || (status < 500 && QUOTA.matcher(body).find())) {
      return failure(
          FailureKind.QUOTA_EXCEEDED, "The quota at the AI provider is used up. Please try later.");
    }
    return switch (status) {
      case 429 -> rateLimited();
      case 408, 504 -> timeout();
      // A provider may repeat the key in its error, which is logged.
      case 401, 403 ->
          misconfigured().causedBy(new HandoffException("the AI provider answered " + status));
      case 404 -> misconfigured();
      default -> {
        if (status < 400) {
          yield misconfigured();
        }
        if (status >= 500) {
          yield unavailable();
        }
        yield FILTERED.matcher(body).find() ? refused() : invalid();
      }
    };
  }

  /// The failure that a chunk of a stream reports, if it does.
  static Optional<AttemptException> inStream(String chunk) {
    if (REFUSAL.matcher(chunk).find()) {
      return Optional.of(refused());
    }
    if (!ERROR.matcher(chunk).find()) {
      return Optional.empty();
    }
    return Optional.of(
        QUOTA.matcher(chunk).find()
            ? ofStatus(402, chunk)
            : chunk.contains("rate_limit") ? rateLimited() : unavailable());
  }

  /// Refuses an answer without anything in it, so that it is not stored as one.
  static ChatResponse requireUsable(ChatResponse response) {
    if (response.finishReason() == FinishReason.CONTENT_FILTER) {
      throw refused();
    }
    @Nullable String text = response.aiMessage().text();
    if ((text == null || text.isBlank()) && !response.aiMessage().hasToolExecutionRequests()) {
      throw failure(FailureKind.BAD_OUTPUT, "The AI gave an empty answer.");
    }
    return response;
  }

  /// The same as an unchecked exception.
  static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime
        ? runtime
        : new LangChain4jException("the call failed", thrown);
  }

  private static AttemptException rateLimited() {
    return failure(
            FailureKind.RATE_LIMITED, "The AI provider's rate limit is reached. Please try later.")
        .retryAfter(UNNAMED_WAIT);
  }

  private static AttemptException refused() {
    return failure(
        FailureKind.REFUSED, "The AI declined to answer this. Please put it differently.");
  }

  private static AttemptException timeout() {
    return failure(
        FailureKind.TIMEOUT, "Timeout: the AI did not answer in time. Please try again.");
  }

  private static AttemptException unavailable() {
    return failure(
        FailureKind.UNAVAILABLE,
        "The AI provider could not be reached, or broke off. Please try again later.");
  }

  private static AttemptException unreadable() {
    return failure(
        FailureKind.BAD_OUTPUT, "The AI provider's answer could not be read. Please try again.");
  }

  private static AttemptException invalid() {
    return failure(
        FailureKind.INVALID_REQUEST,
        "The AI provider cannot work on this request. Please change or shorten it.");
  }

  private static AttemptException misconfigured() {
    return failure(
        FailureKind.MISCONFIGURED,
        "The AI provider did not accept this service's key, model or address. An administrator has"
            + " to correct the AI settings.");
  }

  private static AttemptException failure(FailureKind kind, String message) {
    return AttemptException.of(kind, message);
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    @Nullable Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return Objects.requireNonNull(type.cast(at));
      }
      at = at.getCause();
    }
    return null;
  }
}
