package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.RefusedException;

/// Refusals of the calls of a test.
public final class ZoneRefusals {
  /// What the catalogue of codes says of NOT_FOUND.
  public static final String NOT_FOUND = "Resource not found";

  private ZoneRefusals() {}

  /// 400: the caller has to change the request.
  public static RefusedException invalid(String words) {
    return RefusedException.badRequest(words);
  }

  /// 404: unknown, malformed or somebody else's.
  public static RefusedException notFound() {
    return RefusedException.of(404, NOT_FOUND);
  }

  /// 422: the test takes no answers any more.
  static RefusedException over(String words) {
    return RefusedException.of(422, words).withCode("TEST_ALREADY_COMPLETED");
  }
}
