package dev.handoff.spring.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message that a client sends over the WebSocket: exactly one of `follow` (with or without
/// `after` and `at`, the number and time of the last event seen), `unfollow`, `followAll` (with or
/// without `since`) and `ping`.
public record LiveCall(
    @Nullable String follow,
    @Nullable Long after,
    @Nullable String unfollow,
    @Nullable Boolean followAll,
    @Nullable String since,
    @Nullable Long ping,
    @Nullable Instant at) {

  /// Returns whether it is exactly one valid request.
  public boolean isOneThing() {
    int asked =
        (follow == null ? 0 : 1)
            + (unfollow == null ? 0 : 1)
            + (followAll == null ? 0 : 1)
            + (ping == null ? 0 : 1);
    return asked == 1
        && (after == null || (follow != null && after >= 0))
        && (at == null || after != null)
        && (since == null || followAll != null)
        && !Boolean.FALSE.equals(followAll);
  }
}
