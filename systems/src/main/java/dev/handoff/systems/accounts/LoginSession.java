package dev.handoff.systems.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What followed one password: it lasts until it is logged out, is renewed no more, or is as old as
/// `handoff.accounts.login-longest`.
public record LoginSession(
    String id, Instant createdAt, Instant lastUsedAt, Instant endsAt, Device device) {

  /// Where somebody logged in.
  ///
  /// @param address the IP address; null for a login from before this was written down
  /// @param agent what the browser said that it is, shortened
  public record Device(@Nullable String address, @Nullable String agent) {
    private static final int LONGEST_AGENT = 200;

    public Device {
      if (agent != null && agent.length() > LONGEST_AGENT) {
        agent = agent.substring(0, LONGEST_AGENT);
      }
    }
  }
}
