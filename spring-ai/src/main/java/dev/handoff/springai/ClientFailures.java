package dev.handoff.springai;

import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.HandoffException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.util.ClassUtils;

/// Sorts what goes wrong at a provider into kinds. The messages are for the person waiting.
final class ClientFailures {
  private static final Duration UNNAMED_WAIT = Duration.ofSeconds(10);
  private static final Pattern QUOTA =
      Pattern.compile("insufficient_quota|billing_hard_limit_reached|billing_not_active");
  private static final Pattern FILTERED =
      Pattern.compile("content_filter|content_policy_violation");

  /// How Spring AI begins the message of a provider's error.
  private static final Pattern STATUS = Pattern.compile("^(?:HTTP )?(\\d{3}) - ");

  private static final boolean OPENAI = isPresent("com.openai.errors.OpenAIServiceException");
  private static final boolean RETRY =
      isPresent("org.springframework.ai.retry.TransientAiException");

  private ClientFailures() {}

  private static boolean isPresent(String type) {
    return ClassUtils.isPresent(type, ClientFailures.class.getClassLoader());
  }

  /// The attempt ended while an answer streamed in.
  static final class OverException extends HandoffException {
    private static final long serialVersionUID = 1L;

    OverException() {
      super("the attempt is over");
    }
  }

  /// What to throw for this: what no provider caused is returned as it is.
  ///
  /// @throws InterruptedException for an interrupt, with the thread's flag cleared
  static RuntimeException sorted(RuntimeException thrown) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()
        || find(thrown, InterruptedException.class) != null
        || find(thrown, OverException.class) != null) {
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

  /// As [#sorted], where the answer was to be read as a type.
  static RuntimeException ofEntity(RuntimeException thrown) throws InterruptedException {
    RuntimeException sorted = sorted(thrown);
    return sorted instanceof HandoffException
        ? sorted
        : failure(FailureKind.BAD_OUTPUT, "The AI's answer does not have the form asked for.")
            .causedBy(sorted);
  }

  private static Optional<AttemptException> kindOf(RuntimeException thrown) {
    if (OPENAI) {
      Optional<AttemptException> kind = OpenAi.kindOf(thrown);
      if (kind.isPresent()) {
        return kind;
      }
    }
    if (RETRY) {
      Optional<AttemptException> kind = Provider.kindOf(thrown);
      if (kind.isPresent()) {
        return kind;
      }
    }
    if (find(thrown, SocketTimeoutException.class) != null
        || find(thrown, InterruptedIOException.class) != null
        || find(thrown, HttpTimeoutException.class) != null) {
      return Optional.of(
          failure(
              FailureKind.TIMEOUT, "Timeout: the AI did not answer in time. Please try again."));
    }
    return find(thrown, IOException.class) == null ? Optional.empty() : Optional.of(unavailable());
  }

  /// Failures of OpenAI's library. Loaded only where it is.
  private static final class OpenAi {
    private OpenAi() {}

    static Optional<AttemptException> kindOf(RuntimeException thrown) {
      @Nullable OpenAIServiceException status = find(thrown, OpenAIServiceException.class);
      if (status != null) {
        AttemptException failure =
            ofStatus(status.statusCode(), String.valueOf(status.getMessage()));
        return Optional.of(
            status.headers().values("retry-after").stream()
                .findFirst()
                .map(wait -> failure.retryAfter(wait, InstantSource.system().instant()))
                .orElse(failure));
      }
      if (find(thrown, OpenAIInvalidDataException.class) != null) {
        return Optional.of(
            failure(
                FailureKind.BAD_OUTPUT,
                "The AI provider's answer could not be read. Please try again."));
      }
      return thrown instanceof OpenAIIoException && thrown.getCause() == null
          ? Optional.of(unavailable())
          : Optional.empty();
    }
  }

  /// Failures of Spring AI's own clients. Loaded only where they can come.
  private static final class Provider {
    private Provider() {}

    static Optional<AttemptException> kindOf(RuntimeException thrown) {
      @Nullable RuntimeException failed = find(thrown, TransientAiException.class);
      failed = failed == null ? find(thrown, NonTransientAiException.class) : failed;
      if (failed == null) {
        return Optional.empty();
      }
      String said = String.valueOf(failed.getMessage());
      Matcher status = STATUS.matcher(said);
      if (status.find()) {
        return Optional.of(ofStatus(Integer.parseInt(status.group(1)), said));
      }
      return Optional.of(failed instanceof TransientAiException ? unavailable() : invalid());
    }
  }

  private static AttemptException ofStatus(int status, String body) {
    if (status == 402 || (status < 500 && QUOTA.matcher(body).find())) {
      return failure(
          FailureKind.QUOTA_EXCEEDED, "The quota at the AI provider is used up. Please try later.");
    }
    return switch (status) {
      case 429 -> rateLimited();
      case 408, 504 ->
          failure(FailureKind.TIMEOUT, "Timeout: the AI did not answer in time. Please try again.");
      // A provider may repeat the key in its error, which is logged.
      case 401, 403 ->
          misconfigured().causedBy(new HandoffException("the AI provider answered " + status));
      case 404 -> misconfigured();
      default -> {
        if (status >= 500 || status < 300) {
          // An error within a stream, which began well.
          yield body.contains("rate_limit") ? rateLimited() : unavailable();
        }
        yield FILTERED.matcher(body).find() ? refused() : invalid();
      }
    };
  }

  /// The same as an unchecked exception.
  static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("the call failed", thrown);
  }

  static AttemptException refused() {
    return failure(
        FailureKind.REFUSED, "The AI declined to answer this. Please put it differently.");
  }

  private static AttemptException rateLimited() {
    return failure(
            FailureKind.RATE_LIMITED, "The AI provider's rate limit is reached. Please try later.")
        .retryAfter(UNNAMED_WAIT);
  }

  private static AttemptException misconfigured() {
    return failure(
        FailureKind.MISCONFIGURED,
        "The AI provider did not accept this service's key, model or address. An administrator has"
            + " to correct the AI settings.");
  }

  private static AttemptException invalid() {
    return failure(
        FailureKind.INVALID_REQUEST,
        "The AI provider cannot work on this request. Please change or shorten it.");
  }

  private static AttemptException unavailable() {
    return failure(
        FailureKind.UNAVAILABLE,
        "The AI provider could not be reached, or broke off. Please try again later.");
  }

  private static AttemptException failure(FailureKind kind, String message) {
    return AttemptException.of(kind, message);
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    @Nullable Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
