package dev.handoff.systems.accounts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of the login.
///
/// @param accessTokenLifetime how long an access token is good
/// @param refreshTokenLifetime how long a login can be renewed without a password
/// @param loginAttempts wrong passwords allowed for one account from one address in the window
/// @param addressLoginAttempts wrong passwords allowed from one address in the window
/// @param loginWindow the window, after which all attempts are there again
/// @param taskTokenLongest the longest that a task's own token can be good; at most 24h
@ConfigurationProperties("handoff.accounts")
public record AccountsProperties(
    @DefaultValue("60m") Duration accessTokenLifetime,
    @DefaultValue("7d") Duration refreshTokenLifetime,
    @DefaultValue("10") int loginAttempts,
    @DefaultValue("100") int addressLoginAttempts,
    @DefaultValue("5m") Duration loginWindow,
    @DefaultValue("24h") Duration taskTokenLongest) {
  public AccountsProperties {
    if (accessTokenLifetime.toSeconds() < 1 || refreshTokenLifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "handoff.accounts.access-token-lifetime and .refresh-token-lifetime are at least 1s");
    }
    if (loginAttempts < 1 || addressLoginAttempts < 1 || loginWindow.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "handoff.accounts.login-attempts, .address-login-attempts and .login-window (in seconds)"
              + " are at least 1");
    }
    if (taskTokenLongest.toSeconds() < 1 || taskTokenLongest.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException(
          "handoff.accounts.task-token-longest is from 1s to 24h, was " + taskTokenLongest);
    }
  }
}
