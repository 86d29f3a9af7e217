package dev.handoff;

/// Why an attempt failed, as far as a policy or a person needs to tell causes apart.
public enum FailureKind {
  /// The handler threw something it did not explain.
  ERROR("error"),
  /// A limit of time passed: the attempt's hard limit, or a provider's answer that did not come.
  TIMEOUT("timeout"),
  /// The provider asked to slow down (429).
  RATE_LIMITED("rateLimited"),
  /// The account at the provider has used up what it paid for.
  QUOTA_EXCEEDED("quotaExceeded"),
  /// The provider answered, and the answer was that it will not do this.
  REFUSED("refused"),
  /// The answer came but does not have the form that was asked for.
  BAD_OUTPUT("badOutput"),
  /// The provider could not be reached, hung up, or answered 5xx.
  UNAVAILABLE("unavailable"),
  /// The request itself cannot be done, now or later.
  INVALID_REQUEST("invalidRequest"),
  /// Key, base URL or model are missing or wrong: a person has to change the configuration.
  MISCONFIGURED("misconfigured"),
  /// No node could read what is stored of the task, because another version of the application
  /// wrote it. It waited for one that can, and cost no attempt.
  UNREADABLE("unreadable"),
  /// The node that ran the attempt died or lost its lease.
  LOST("lost");

  private final String code;

  FailureKind(String code) {
    this.code = code;
  }

  /// The word on the wire and in the store; stable.
  public String code() {
    return code;
  }

  /// The kind with this code; [#ERROR] for a code that a newer version wrote.
  public static FailureKind ofCode(String code) {
    for (FailureKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    return ERROR;
  }
}
