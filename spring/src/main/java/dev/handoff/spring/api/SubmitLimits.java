package dev.handoff.spring.api;

import java.time.Duration;
import java.util.List;

/// The limits of submits over HTTP (`handoff.api.*`).
///
/// @param openTypes the names of the types that may be submitted; `*` for all
/// @param keysFor how long an Idempotency-Key is remembered
/// @param batchesFor how long a batch can be seen, from its submit
/// @param perMinute how many tasks an owner may submit; 0 for any number
public record SubmitLimits(
    List<String> openTypes, Duration keysFor, Duration batchesFor, int perMinute) {
  public SubmitLimits {
    openTypes = List.copyOf(openTypes);
  }
}
