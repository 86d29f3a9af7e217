package dev.handoff.systems.accounts.people;

import dev.handoff.TimeSource;
import dev.handoff.systems.SiteProperties;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.accounts.AccountsConfiguration;
import dev.handoff.systems.accounts.LoginSessions;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.SystemsDatabase;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The making of accounts on a server.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SiteProperties.class)
@Import({
  AccountsConfiguration.class,
  SessionCalls.class,
  SetUpCall.class,
  SetUpLink.class,
  LinkAddress.class
})
public class PeopleConfiguration {
  @Bean
  OneTimeLinks oneTimeLinks(SystemsDatabase db, TimeSource clock) {
    return new OneTimeLinks(db, clock);
  }

  @Bean
  AccountCalls accountCalls(AccountAdmin admin, LinkAddress addresses, TimeSource clock) {
    return new AccountCalls(admin, addresses, clock);
  }

  @Bean
  AccountAdmin accountAdmin(
      SystemsDatabase db,
      AccountStore accounts,
      LoginSessions sessions,
      OneTimeLinks links,
      PasswordEncoder passwords,
      AuditLog audit) {
    return new AccountAdmin(db, accounts, sessions, links, passwords, audit);
  }
}
