package dev.handoff.systems.accounts;

import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.TaskTokenCalls.TokenTerms;
import dev.handoff.systems.accounts.guessing.LoginAddresses;
import dev.handoff.systems.accounts.guessing.LoginGuard;
import dev.handoff.systems.audit.AuditCalls;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.audit.AuditProperties;
import dev.handoff.systems.kit.KitConfiguration;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.kit.Systems;
import dev.handoff.systems.kit.SystemsDatabase;
import javax.crypto.SecretKey;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/// The parts of the login, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  AccountsProperties.class,
  AuditProperties.class,
  DemoProperties.class,
  IssuerProperties.class
})
@Import({
  KitConfiguration.class,
  AccountsSecurity.class,
  AuditCalls.class,
  AuthController.class,
  CallArguments.class,
  CurrentAccount.class,
  LoginAddresses.class,
  CredentialChecks.class,
  Logins.class,
  OtherIssuer.class,
  StudentProfiles.class,
  TaskTokens.class,
  TokenCaller.class,
  ApiKeyTable.class,
  ApiKeys.class,
  KeyCalls.class
})
public class AccountsConfiguration {
  @Bean
  SystemDescription accountsDescription(TimeSource clock) {
    return SystemDescription.of("accounts", "/api/auth")
        .withPages("/login/", "/setup/")
        .withOpen(
            "/login",
            "/setup",
            "/api/auth/login",
            "/api/auth/refresh",
            "/api/auth/logout",
            "/api/auth/setup",
            "/api/auth/demo-accounts")
        .refusing(new AuthRefusals(clock));
  }

  @Bean
  LoginGuard loginGuard(AccountsProperties settings, LoginAddresses addresses, TimeSource clock) {
    LoginGuard.GuessLimits limits =
        new LoginGuard.GuessLimits(
            settings.loginAttempts(), settings.addressLoginAttempts(), settings.loginWindow());
    return new LoginGuard(limits, addresses, clock);
  }

  @Bean
  AuditLog auditLog(SystemsDatabase db, TimeSource clock, AuditProperties settings) {
    return new AuditLog(db, new RequestOrigins(), clock, settings.keep());
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordHashing.standard();
  }

  @Bean
  AccountStore accountStore(SystemsDatabase db, PasswordEncoder passwords, DemoProperties demo) {
    AccountStore accounts = new AccountStore(db, demo.demo());
    if (demo.demo()) {
      DemoAccounts.addTo(accounts, passwords);
    } else {
      DemoAccounts.mark(accounts);
    }
    return accounts;
  }

  @Bean
  SecretKey signingKey(HandoffProperties handoff, SystemsDatabase db) {
    return handoff.store().isPostgres()
        ? SigningKey.sharedIn(db)
        : SigningKey.in(handoff.dataDir());
  }

  @Bean
  AccessTokens accessTokens(SecretKey signingKey, AccountsProperties settings, TimeSource clock) {
    return new AccessTokens(signingKey, clock, settings.accessTokenLifetime());
  }

  @Bean
  ApiCredentials apiCredentials(
      Systems systems,
      AccessTokens accessTokens,
      ApiKeys keys,
      TaskTokens taskTokens,
      OtherIssuer otherIssuer,
      CredentialChecks checks,
      Unavailability unavailability) {
    return new ApiCredentials(
        systems,
        new ProviderManager(new JwtAuthenticationProvider(accessTokens.decoder())),
        keys,
        taskTokens,
        otherIssuer,
        checks,
        unavailability);
  }

  @Bean
  ApiCalls taskTokenCalls(
      TaskTokens tokens,
      CredentialChecks checks,
      TaskVisibility visibility,
      AuditLog audit,
      TokenTerms terms) {
    return new TaskTokenCalls(tokens, checks, visibility, audit, terms);
  }

  @Bean
  TokenTerms taskTokenTerms(AccountsProperties settings, TimeSource clock) {
    return new TokenTerms(settings.taskTokenLongest(), clock);
  }

  @Bean
  LoginSessions loginSessions(SystemsDatabase db, TimeSource clock, AccountsProperties settings) {
    return new LoginSessions(db, clock, settings.loginLongest());
  }

  @Bean
  RefreshTokens refreshTokens(
      SystemsDatabase db, LoginSessions sessions, TimeSource clock, AccountsProperties settings) {
    return new RefreshTokens(db, sessions, clock, settings.refreshTokenLifetime());
  }
}
