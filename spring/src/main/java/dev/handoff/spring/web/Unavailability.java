package dev.handoff.spring.web;

import java.time.Duration;
import java.util.Optional;

/// Recognizes failures after which the same request may succeed later.
@FunctionalInterface
public interface Unavailability {
  /// Returns the wait before the next try; empty when waiting does not help.
  Optional<Duration> retryAfter(Throwable failure);
}
