package dev.handoff.systems.accounts;

import org.jspecify.annotations.Nullable;

/// What a credential rests on, beside its signature and its time. When it ends, so does the
/// credential.
sealed interface CredentialBasis {
  /// A login of an account, as it was in this tenant.
  record LoginBasis(String session, String account, @Nullable String tenant)
      implements CredentialBasis {}

  /// An account that gave out a task token, as it was in this tenant.
  record AccountBasis(String account, @Nullable String tenant) implements CredentialBasis {}

  /// An API key, or what it gave out.
  record KeyBasis(String key) implements CredentialBasis {}

  /// A task token itself, which can be revoked.
  record TokenBasis(String token) implements CredentialBasis {}
}
