package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.CredentialBasis.KeyBasis;
import dev.handoff.systems.accounts.CredentialBasis.TokenBasis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A request that proved who it is with something else than a login of ours: good for the calls of
/// the API only. Immutable.
final class CallerLogin extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient @Nullable Instant endsAt;
  private final transient @Nullable String key;
  private final transient List<CredentialBasis> bases;

  private CallerLogin(
      Caller caller, @Nullable Instant endsAt, @Nullable String key, List<CredentialBasis> bases) {
    super(List.of());
    this.caller = caller;
    this.endsAt = endsAt;
    this.key = key;
    this.bases = List.copyOf(bases);
    super.setAuthenticated(true);
  }

  /// Vouched for by another issuer: nothing here can end it.
  static CallerLogin as(Caller caller, @Nullable Instant endsAt) {
    return new CallerLogin(caller, endsAt, null, List.of());
  }

  static CallerLogin ofTask(TaskTokens.Opened token, List<CredentialBasis> bases) {
    return new CallerLogin(token.caller(), token.endsAt(), null, bases);
  }

  static CallerLogin with(ApiKey key) {
    return new CallerLogin(
        key.asCaller(), key.terms().expiresAt(), key.id(), List.of(new KeyBasis(key.id())));
  }

  /// What has to stand for it to be good.
  List<CredentialBasis> bases() {
    return bases;
  }

  Caller caller() {
    return caller;
  }

  /// What proved it, as the audit log knows it: a key or a task token with its id, or the name that
  /// another issuer vouches for.
  String credential() {
    return switch (bases.isEmpty() ? null : bases.getFirst()) {
      case KeyBasis(String id) -> "key:" + id;
      case TokenBasis(String id) -> "task-token:" + id;
      case null, default -> caller.owner();
    };
  }

  /// The id of the key that was used; null when it was something else.
  @Nullable String key() {
    return key;
  }

  /// When it ends by itself, and whatever it makes has to have ended; null for never.
  @Nullable Instant endsAt() {
    return endsAt;
  }

  @Override
  public String getName() {
    return caller.owner();
  }

  @Override
  public Object getPrincipal() {
    return caller;
  }

  @Override
  public Object getCredentials() {
    return "";
  }
}
