package dev.handoff.systems.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the login's calls answer with.
final class AccountViews {
  private AccountViews() {}

  /// An account as its owner sees it.
  record Me(
      String id,
      String username,
      String email,
      @JsonProperty("first_name") String firstName,
      @JsonProperty("last_name") String lastName,
      String role,
      String timezone,
      boolean premium) {
    static Me of(Account account) {
      return new Me(
          account.id().toString(),
          account.username(),
          account.email(),
          account.name().first(),
          account.name().last(),
          account.role().word(),
          account.timezone(),
          account.standing().premium());
    }
  }

  /// A login.
  record LoggedIn(
      String access, String refresh, @JsonProperty("expires_in") long expiresIn, Me user) {}

  /// A demo account for the login page.
  record DemoAccount(String username, String description) {}
}
