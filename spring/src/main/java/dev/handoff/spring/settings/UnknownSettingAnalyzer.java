package dev.handoff.spring.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Prints an unknown setting as Spring Boot prints its own start failures: no stack trace.
final class UnknownSettingAnalyzer extends AbstractFailureAnalyzer<UnknownSettingException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, UnknownSettingException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.help(), cause);
  }
}
