package dev.handoff.spring;

import dev.handoff.HandoffException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Prints a store that cannot be opened as Spring Boot prints its own start failures: no stack
/// trace.
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<HandoffException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, HandoffException cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String words = String.valueOf(cause.getMessage());
    return new FailureAnalysis(
        deepest.equals(cause) ? words : words + "\n\nCause: " + deepest.getMessage(),
        "Look at handoff.store.url, .username and .password, and whether the server runs; without"
            + " handoff.store.url tasks are kept in a file of handoff.data-dir.",
        cause);
  }
}
