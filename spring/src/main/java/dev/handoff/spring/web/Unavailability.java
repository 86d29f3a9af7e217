package dev.handoff.spring.web;

import java.time.Duration;
import java.util.Optional;

/// Tells which failures mean that the same request may succeed later.
@FunctionalInterface
public interface Unavailability {
  /// How long to wait before the next try; nothing when waiting does not help.
  Optional<Duration> retryAfter(Throwable failure);
}
