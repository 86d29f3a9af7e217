package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A request that proved who it is with something else than a login of ours: good for the calls of
/// the API only. Immutable.
final class CallerLogin extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient @Nullable ApiKey key;

  private CallerLogin(Caller caller, @Nullable ApiKey key) {
    super(List.of());
    this.caller = caller;
    this.key = key;
    super.setAuthenticated(true);
  }

  /// With a token.
  static CallerLogin as(Caller caller) {
    return new CallerLogin(caller, null);
  }

  /// With a key.
  static CallerLogin with(ApiKey key) {
    return new CallerLogin(key.asCaller(), key);
  }

  Caller caller() {
    return caller;
  }

  /// The key that was used; null when it was something else.
  @Nullable ApiKey key() {
    return key;
  }

  /// When a key that this caller makes has to end at the latest; null for never.
  @Nullable Instant endsAt() {
    return key == null ? null : key.terms().expiresAt();
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
