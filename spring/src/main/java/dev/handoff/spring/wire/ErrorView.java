package dev.handoff.spring.wire;

import dev.handoff.Failure;

/// Why something failed: a stable word and a sentence for the person waiting.
public record ErrorView(
    @Words({
          "error",
          "timeout",
          "rateLimited",
          "quotaExceeded",
          "refused",
          "badOutput",
          "unavailable",
          "invalidRequest",
          "misconfigured",
          "unreadable",
          "lost",
          "cancelled",
          "too-late",
          "replaced"
        })
        String code,
    String message) {
  static ErrorView of(Failure failure) {
    return new ErrorView(failure.kind().code(), failure.message());
  }
}
