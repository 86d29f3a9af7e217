package dev.handoff.ai.provider;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.HandoffException;
import dev.handoff.ai.AiSettings;
import dev.langchain4j.exception.ContentFilteredException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sorts what went wrong at the provider into kinds. The messages are for the person waiting; the
/// details stay in the cause, without the key. The words "rate limit" and "quota" are part of the
/// contract: rules are written on them.
final class ProviderFailures {
  private static final Pattern QUOTA =
      Pattern.compile(
          "insufficient_quota|billing_hard_limit_reached|billing_not_active"
              + "|insufficient[_ ](?:credits|balance|funds)|credit balance is too low",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RATE =
      Pattern.compile(
          "rate[_ -]?limit|too[_ ]many[_ ]requests|resource[_ ]exhausted|throttl",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FILTERED =
      Pattern.compile("\"(?:code|type)\"\\s*:\\s*\"(content_filter|content_policy_violation)\"");
  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "\"param\"\\s*:\\s*\"(?!messages)[^\"]+\"|model_not_found|model_not_supported"
              + "|(?:unknown|unsupported|unrecognized|invalid)[_ ](?:request )?"
              + "(?:parameter|argument|field|model|value\\b)|extra_forbidden|extra inputs"
              + "|additional propert|unexpected keyword|system role|\\broles? (?:is|are)\\b"
              + "|conversation roles|model_decommissioned|no models? (?:is |are )?loaded"
              + "|model\\b[^.\\n]{0,80}(?:not (?:found|exist|loaded|available|supported)"
              + "|does not (?:exist|support)|doesn't (?:exist|support)|decommissioned|deprecated)"
              + "|image(?:_url|s|s? input)?[\"'`]? (?:is|are) (?:only|not) supported"
              + "|(?:not|doesn't) support (?:images?|vision|audio)|not a multimodal model",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WRONG_KEY =
      Pattern.compile("api[_ ]key[_ ](?:not valid|invalid|expired)", Pattern.CASE_INSENSITIVE);
  private static final int PAYMENT_REQUIRED = 402;
  private static final int IN_ANSWER = 0;

  private ProviderFailures() {}

  /// Throws what stands in the way of a call before anything is sent.
  static void requireReady(AiSettings settings) throws InterruptedException {
    if (settings.lacksKey()) {
      throw failure(
          FailureKind.MISCONFIGURED,
          "The AI provider's API key is not configured. An administrator has to set it.");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted before the AI was asked");
    }
  }

  /// What to throw for this; throws what a listener threw. An interrupt becomes an
  /// `InterruptedException` with the flag cleared.
  static AttemptException sort(RuntimeException thrown, AiSettings settings)
      throws InterruptedException {
    if (thrown instanceof AnswerText.ListenerException listener) {
      throw listener.thrown();
    }
    if (find(thrown, InterruptedException.class) != null) {
      Thread.interrupted();
      InterruptedException interrupt = new InterruptedException("Interrupted, call cancelled");
      interrupt.addSuppressed(withoutKey(thrown, settings.apiKey()));
      throw interrupt;
    }
    AttemptException sorted = find(thrown, AttemptException.class);
    if (sorted != null) {
      return sorted;
    }
    return kindOf(thrown, settings).causedBy(withoutKey(thrown, settings.apiKey()));
  }

  private static AttemptException kindOf(RuntimeException thrown, AiSettings settings) {
    ProviderStatusException status = find(thrown, ProviderStatusException.class);
    if (status != null) {
      AttemptException failure = ofStatus(status, settings);
      return status.retryAfter().map(failure::retryAfter).orElse(failure);
    }
    if (find(thrown, ContentFilteredException.class) != null) {
      return refused();
    }
    if (find(thrown, ProviderConnectionException.class) != null) {
      return ofConnection(thrown, settings);
    }
    return failure(
        FailureKind.BAD_OUTPUT, "The AI provider's answer could not be read. Please try again.");
  }

  private static AttemptException ofConnection(RuntimeException thrown, AiSettings settings) {
    if (find(thrown, BoundedInput.TooLargeException.class) != null) {
      return failure(FailureKind.BAD_OUTPUT, "The AI's answer was too long to be read.");
    }
    boolean connecting = find(thrown, HttpConnectTimeoutException.class) != null;
    if (!connecting && find(thrown, HttpTimeoutException.class) != null) {
      return timeout(settings);
    }
    return failure(
        FailureKind.UNAVAILABLE,
        "The AI provider could not be reached, or hung up. Please try again later.");
  }

  private static AttemptException ofStatus(ProviderStatusException thrown, AiSettings settings) {
    int status = thrown.statusCode();
    if (status == PAYMENT_REQUIRED || (status < 500 && isQuota(thrown))) {
      return quota();
    }
    if (status < 500 && isRateLimit(thrown.body())) {
      return rateLimited();
    }
    return switch (status) {
      case 429, 529 -> rateLimited();
      case 408, 504 -> timeout(settings);
      case 401, 403 -> wrongKey();
      case 404 -> misconfigured("The AI provider knows no such model or address.");
      default -> ofOtherStatus(thrown);
    };
  }

  /// Whether an error says so in its words, as some servers do with a status of another meaning.
  static boolean isRateLimit(String body) {
    return RATE.matcher(body).find();
  }

  private static boolean isQuota(ProviderStatusException thrown) {
    return QUOTA.matcher(thrown.body()).find();
  }

  private static AttemptException ofOtherStatus(ProviderStatusException thrown) {
    if (thrown.statusCode() == IN_ANSWER) {
      return ofReport(thrown);
    }
    if (thrown.statusCode() < 400) {
      return misconfigured("The AI provider's address leads somewhere else.");
    }
    if (thrown.statusCode() >= 500) {
      return failure(
          FailureKind.UNAVAILABLE, "The AI provider has a problem. Please try again later.");
    }
    if (FILTERED.matcher(thrown.body()).find()) {
      return refused();
    }
    if (WRONG_KEY.matcher(thrown.body()).find()) {
      return wrongKey();
    }
    if (CONFIGURATION.matcher(thrown.body()).find() || RequestField.isNamedIn(thrown.body())) {
      return notTaken();
    }
    return failure(
        FailureKind.INVALID_REQUEST,
        "The AI provider cannot work on this request. Please change or shorten it.");
  }

  // An error within an answer that names no status.
  private static AttemptException ofReport(ProviderStatusException thrown) {
    if (FILTERED.matcher(thrown.body()).find()) {
      return refused();
    }
    return CONFIGURATION.matcher(thrown.body()).find()
        ? notTaken()
        : failure(
            FailureKind.UNAVAILABLE,
            "The AI provider broke off its answer. Please try again later.");
  }

  /// What to throw for an answer without text that ended like this.
  static AttemptException empty(StopReason end) {
    return failure(
        FailureKind.BAD_OUTPUT,
        end == StopReason.CUT
            ? "The AI reached its length limit before it began to answer."
            : "The AI gave an empty answer.");
  }

  /// What to throw for an answer whose listener heard thoughts. The next one waits for their end.
  static AttemptException thoughtsShown() {
    return failure(
        FailureKind.BAD_OUTPUT, "The AI thought aloud instead of answering. Please try again.");
  }

  static AttemptException refused() {
    return failure(
        FailureKind.REFUSED, "The AI declined to answer this. Please put it differently.");
  }

  private static AttemptException quota() {
    return failure(
        FailureKind.QUOTA_EXCEEDED, "The quota at the AI provider is used up. Please try later.");
  }

  private static AttemptException rateLimited() {
    return failure(
        FailureKind.RATE_LIMITED, "The AI provider's rate limit is reached. Please try later.");
  }

  private static AttemptException timeout(AiSettings settings) {
    double seconds = settings.timeout().toMillis() / 1000.0;
    String limit = seconds == Math.rint(seconds) ? "%.0f".formatted(seconds) : "" + seconds;
    return failure(
        FailureKind.TIMEOUT,
        "Timeout: the AI did not answer within " + limit + " s. Please try again.");
  }

  private static AttemptException wrongKey() {
    return misconfigured("The AI provider did not accept this service's API key or its rights.");
  }

  private static AttemptException notTaken() {
    return misconfigured("The AI provider does not take this service's requests as they are.");
  }

  private static AttemptException misconfigured(String what) {
    return failure(
        FailureKind.MISCONFIGURED, what + " An administrator has to correct the AI settings.");
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

  /// A provider may echo the key in its error; such a chain is replaced by one line without it.
  private static Throwable withoutKey(RuntimeException thrown, String key) {
    String chain = "";
    @Nullable Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      chain = chain + (depth == 0 ? "" : " <- ") + at;
      at = at.getCause();
    }
    if (key.isEmpty() || !chain.contains(key)) {
      return thrown;
    }
    HandoffException clean = new HandoffException(chain.replace(key, "***"));
    clean.setStackTrace(thrown.getStackTrace());
    return clean;
  }
}
