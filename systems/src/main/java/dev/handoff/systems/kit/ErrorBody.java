package dev.handoff.systems.kit;

/// What a refused call answers with.
public record ErrorBody(boolean success, String error) {
  public static ErrorBody of(String error) {
    return new ErrorBody(false, error);
  }
}
