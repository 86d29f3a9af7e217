package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Access;
import dev.handoff.spring.web.Caller;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key with which a program calls the API as the account that made it. Its secret is not part of
/// it: only whoever made the key has that.
///
/// @param id its public half, 16 hexadecimal digits
/// @param user the account it acts as
/// @param tenant the account's tenant when the key was made; in another one the key is void
/// @param terms what it is called and how far it reaches
/// @param lastUsedAt to the minute
record ApiKey(
    String id,
    UUID user,
    @Nullable String tenant,
    Terms terms,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  /// What its owner chose.
  ///
  /// @param expiresAt when it ends by itself; null for never
  record Terms(String name, Set<KeyScope> scopes, @Nullable Instant expiresAt) {
    Terms {
      scopes = Set.copyOf(EnumSet.copyOf(scopes));
    }

    boolean isOver(Instant now) {
      return expiresAt != null && !now.isBefore(expiresAt);
    }
  }

  /// Under which name its calls run, and what they may do.
  Caller asCaller() {
    return new Caller(
        user.toString(), tenant, new Access(KeyScope.permissionsOf(terms.scopes()), null));
  }
}
