package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.trainingvideos.ModuleShares.ShareTerms;
import java.time.DateTimeException;
import java.time.Instant;

/// Reads what trainers ask of a share.
final class ShareRequests {
  private ShareRequests() {}

  /// @throws RefusedException when the time is none
  static ShareTerms terms(JsonBody body) {
    boolean transcript = body.flag("transcript").orElse(false);
    try {
      Instant end = body.text("expiresAt").map(Instant::parse).orElse(null);
      return new ShareTerms(end, transcript);
    } catch (DateTimeException notOne) {
      throw RefusedException.badRequest("expiresAt is a time such as 2027-01-31T12:00:00Z");
    }
  }
}
