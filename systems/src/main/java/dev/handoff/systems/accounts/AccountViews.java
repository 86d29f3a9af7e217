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

  /// An account as an exam student knows it.
  record Student(
      @JsonProperty("student_id") String studentId,
      @JsonProperty("full_name") String fullName,
      String email) {
    static Student of(Account account) {
      String name = account.name().first() + " " + account.name().last();
      return new Student(account.studentId(), name, account.email());
    }
  }

  /// A login.
  record LoggedIn(
      String access,
      String refresh,
      @JsonProperty("expires_in") long expiresIn,
      Me user,
      Student student) {}

  /// A demo account for the login page.
  record DemoAccount(String username, String description) {}
}
