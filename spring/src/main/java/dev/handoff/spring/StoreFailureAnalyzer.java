package dev.handoff.spring;

import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/// Prints a start that Handoff refuses as Spring Boot prints its own start failures: no stack
/// trace. The exceptions say what to do; of a database that cannot be reached this says which
/// settings lead to it.
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<HandoffException> {
  private final @Nullable Environment environment;

  StoreFailureAnalyzer() {
    this(null);
  }

  public StoreFailureAnalyzer(@Nullable Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, HandoffException cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String words = String.valueOf(cause.getMessage());
    return new FailureAnalysis(
        deepest.equals(cause) ? words : words + "\n\nCause: " + deepest.getMessage(),
        cause instanceof StoreUnavailableException ? whereItIsSet() : null,
        cause);
  }

  private String whereItIsSet() {
    if (isSet("handoff.store.url") || environment == null) {
      return "Look at handoff.store.url, .username and .password, and whether the server runs.";
    }
    if (isSet("spring.datasource.url")) {
      return "Tasks are kept in the application's own database: look at spring.datasource.url,"
          + " .username and .password, and whether the server runs.";
    }
    return "Tasks are kept in the database of the application's DataSource, or in a file of"
        + " handoff.data-dir where it has none: look at the one that is meant.";
  }

  private boolean isSet(String name) {
    return environment != null && StringUtils.hasText(environment.getProperty(name));
  }
}
