package dev.handoff.systems.accounts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of logins and task tokens.
///
/// @param accessTokenLifetime lifetime of an access token
/// @param refreshTokenLifetime how long a login can be renewed without the password
/// @param loginLongest age at which a login ends, however often it is renewed
/// @param loginAttempts wrong passwords in a row for one account, from all addresses together, that
///   have no delay; then 1 s, 2 s, 4 s and so on, 15 min at most. Addresses from which the account
///   has logged in during the last 30 days have none
/// @param addressLoginAttempts largest number of wrong passwords from one address (IPv6: one /64)
///   within `handoff.accounts.login-window`, for all accounts together; ten times as many from
///   addresses from which people have logged in during the last 30 days
/// @param loginWindow time after which all attempts of an address are available again; they become
///   available at an even rate
/// @param taskTokenLongest longest lifetime that a task token may have; at most 24h
@ConfigurationProperties("handoff.accounts")
public record AccountsProperties(
    @DefaultValue("60m") Duration accessTokenLifetime,
    @DefaultValue("7d") Duration refreshTokenLifetime,
    @DefaultValue("30d") Duration loginLongest,
    @DefaultValue("10") int loginAttempts,
    @DefaultValue("100") int addressLoginAttempts,
    @DefaultValue("5m") Duration loginWindow,
    @DefaultValue("24h") Duration taskTokenLongest) {
  public AccountsProperties {
    if (accessTokenLifetime.toSeconds() < 1
        || refreshTokenLifetime.toSeconds() < 1
        || loginLongest.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "handoff.accounts.access-token-lifetime, .refresh-token-lifetime and .login-longest are"
              + " at least 1s");
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
