package dev.handoff.systems.accounts;

import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.CurrentCaller;
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
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/// The parts of the login, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccountsProperties.class, DemoProperties.class})
@Import({AccountsSecurity.class, AuthController.class, SystemErrors.class})
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
  AccessTokens accessTokens(
      HandoffProperties handoff,
      AccountsProperties settings,
      TimeSource clock,
      JdbcClient sql,
      SystemsSchema schema) {
    SecretKey key =
        handoff.store().isPostgres()
            ? SigningKey.sharedIn(sql, schema)
            : SigningKey.in(handoff.dataDir());
    return new AccessTokens(key, clock, settings.accessTokenLifetime());
  }

  @Bean
  Logins logins(
      AccountStore accounts,
      AccessTokens accessTokens,
      PasswordEncoder passwords,
      AccountsProperties settings,
      RefreshTokens refreshTokens) {
    return new Logins(accounts, refreshTokens, accessTokens, new LoginGuard(settings), passwords);
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
