package dev.handoff.systems.accounts;

import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.http.BodyLimits;
import dev.handoff.systems.http.SystemErrors;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.transaction.support.TransactionOperations;

/// The parts of the login, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  AccountsProperties.class,
  DemoProperties.class,
  IssuerProperties.class
})
@Import({AccountsSecurity.class, AuthController.class, AuthErrors.class, SystemErrors.class})
public class AccountsConfiguration {
  @Bean
  FilterRegistrationBean<BodyLimitFilter> accountsBodyLimit(HandoffProperties settings) {
    return BodyLimits.over("accountsBodyLimit", "/api/auth/*", settings, SystemErrors.TOO_LARGE);
  }

  @Bean
  SystemsSchema systemsSchema(DataSource database) {
    return new SystemsSchema(database);
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  AccountStore accountStore(
      JdbcClient sql, SystemsSchema schema, PasswordEncoder passwords, DemoProperties demo) {
    AccountStore accounts = new AccountStore(sql, schema);
    if (demo.demo()) {
      DemoAccounts.addTo(accounts, passwords);
    }
    return accounts;
  }

  @Bean
  SecretKey signingKey(HandoffProperties handoff, JdbcClient sql, SystemsSchema schema) {
    return handoff.store().isPostgres()
        ? SigningKey.sharedIn(sql, schema)
        : SigningKey.in(handoff.dataDir());
  }

  @Bean
  AccessTokens accessTokens(SecretKey signingKey, AccountsProperties settings, TimeSource clock) {
    return new AccessTokens(signingKey, clock, settings.accessTokenLifetime());
  }

  @Bean
  TaskTokens taskTokens(SecretKey signingKey, TimeSource clock) {
    return new TaskTokens(signingKey, clock);
  }

  @Bean
  OtherIssuer otherIssuer(IssuerProperties settings, TimeSource clock) {
    return new OtherIssuer(settings, clock);
  }

  @Bean
  ApiKeys apiKeys(
      JdbcClient sql, TransactionOperations transactions, SystemsSchema schema, TimeSource clock) {
    return new ApiKeys(new ApiKeyTable(sql, transactions, schema), clock);
  }

  @Bean
  ApiCredentials apiCredentials(
      HandoffProperties handoff,
      AccessTokens accessTokens,
      ApiKeys keys,
      TaskTokens taskTokens,
      OtherIssuer otherIssuer,
      AccountStore accounts,
      Unavailability unavailability) {
    return new ApiCredentials(
        new Paths(handoff.api().path()),
        new ProviderManager(new JwtAuthenticationProvider(accessTokens.decoder())),
        keys,
        taskTokens,
        otherIssuer,
        accounts,
        unavailability);
  }

  @Bean
  ApiCalls keyCalls(ApiKeys keys, Logins logins, TimeSource clock) {
    return new KeyCalls(keys, logins, clock);
  }

  @Bean
  ApiCalls taskTokenCalls(
      TaskTokens tokens, TaskVisibility visibility, AccountsProperties settings) {
    return new TaskTokenCalls(tokens, visibility, settings.taskTokenLongest());
  }

  @Bean
  StudentProfiles studentProfiles(JdbcClient sql, SystemsSchema schema) {
    return new StudentProfiles(sql, schema);
  }

  @Bean
  Logins logins(
      AccountStore accounts,
      StudentProfiles students,
      AccessTokens accessTokens,
      PasswordEncoder passwords,
      AccountsProperties settings,
      RefreshTokens refreshTokens,
      TimeSource clock) {
    LoginGuard guard = new LoginGuard(settings);
    return new Logins(accounts, students, refreshTokens, accessTokens, guard, passwords, clock);
  }

  @Bean
  RefreshTokens refreshTokens(
      JdbcClient sql,
      TransactionOperations transactions,
      TimeSource clock,
      AccountsProperties settings,
      SystemsSchema schema) {
    return new RefreshTokens(sql, transactions, clock, settings.refreshTokenLifetime());
  }

  @Bean
  CurrentAccount currentAccount(Logins logins) {
    return new CurrentAccount(logins);
  }

  @Bean
  CurrentCaller currentCaller() {
    return new TokenCaller();
  }
}
