package dev.handoff.systems.kit;

import java.time.Instant;
import java.util.Map;

/// What a refused call answers with where clients go by codes.
public record CodedError(Reason error) {
  /// Why: a code for programs, words for people, and numbers where there are any.
  public record Reason(
      String code, String message, Instant timestamp, Map<String, Object> details) {
    public Reason {
      details = Map.copyOf(details);
    }
  }

  public static CodedError of(String code, String message, Instant at) {
    return of(code, message, at, Map.of());
  }

  public static CodedError of(
      String code, String message, Instant at, Map<String, Object> details) {
    return new CodedError(new Reason(code, message, at, details));
  }
}
