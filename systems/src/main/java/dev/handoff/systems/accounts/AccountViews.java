package dev.handoff.systems.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
      String email,
      @JsonProperty("subscription_plan") @Nullable String subscriptionPlan,
      @JsonProperty("subscription_expires_at") @Nullable Instant subscriptionExpiresAt,
      @JsonProperty("last_login") @Nullable Instant lastLogin) {
    static Student of(Account account, StudentProfile profile) {
      return new Student(
          profile.studentId(),
          account.name().first() + " " + account.name().last(),
          account.email(),
          profile.subscriptionPlan(),
          profile.subscriptionExpiresAt(),
          profile.lastLogin());
    }
  }

  record LoggedIn(
      String access,
      String refresh,
      @JsonProperty("expires_in") long expiresIn,
      Me user,
      Student student) {}

  /// A demo account for the login page.
  record DemoAccount(String username, String description, String system, String start) {}
}
