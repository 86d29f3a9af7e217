package dev.handoff.systems.accounts.people;

import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.systems.SiteProperties;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.accounts.AccountsProperties;
import dev.handoff.systems.accounts.LoginSessions;
import dev.handoff.systems.accounts.PasswordHashing;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.audit.AuditOrigin;
import dev.handoff.systems.audit.AuditProperties;
import dev.handoff.systems.kit.SystemsDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The parts of `start accounts`: the systems' tables in the server's database, without an engine.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  HandoffProperties.class,
  AccountsProperties.class,
  AuditProperties.class,
  SiteProperties.class
})
class CommandConfiguration {
  /// Whether the database may be made where there is none.
  static final String MAY_CREATE = "accounts-command.may-create";

  private static final Duration TURN = Duration.ofSeconds(10);
  private static final String SQLITE = "jdbc:sqlite:";

  @Bean
  DataSource commandDatabase(HandoffProperties settings, ConfigurableEnvironment environment) {
    new SettingsCheck(environment, CommandConfiguration.class.getClassLoader()).refuseUnknown();
    String application = environment.getProperty("spring.datasource.url", "");
    if (!application.isEmpty() && !application.startsWith(SQLITE)) {
      return new DriverManagerDataSource(
          application,
          environment.getProperty("spring.datasource.username", ""),
          environment.getProperty("spring.datasource.password", ""));
    }
    if (application.isEmpty() && settings.store().isPostgres()) {
      HandoffProperties.Store store = settings.store();
      return new DriverManagerDataSource(store.url(), store.username(), store.password());
    }
    Path file =
        application.isEmpty()
            ? settings.storeFile()
            : Path.of(application.substring(SQLITE.length()));
    return embedded(file, environment.getProperty(MAY_CREATE, Boolean.class, false));
  }

  private static DataSource embedded(Path file, boolean mayCreate) {
    if (!Files.exists(file)) {
      if (!mayCreate) {
        throw new IllegalStateException(
            "There is no database at " + file + "; name it with --handoff.data-dir=…");
      }
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
      } catch (IOException e) {
        throw new UncheckedIOException("the folder of " + file + " cannot be made", e);
      }
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(TURN.toMillis()));
    // A transaction that began by reading could not write once a server has written beside it.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource database = new SQLiteDataSource(config);
    database.setUrl(SQLITE + file.toAbsolutePath());
    return database;
  }

  @Bean
  SystemsDatabase commandTables(DataSource database) {
    return new SystemsDatabase(
        database,
        JdbcClient.create(database),
        new TransactionTemplate(new JdbcTransactionManager(database)));
  }

  @Bean
  AccountAdmin commandAdmin(
      SystemsDatabase db, AccountsProperties settings, AuditProperties audit) {
    InstantSource clock = InstantSource.system();
    return new AccountAdmin(
        db,
        new AccountStore(db),
        new LoginSessions(db, clock, settings.loginLongest()),
        new OneTimeLinks(db, clock),
        PasswordHashing.standard(),
        new AuditLog(db, () -> AuditOrigin.COMMAND, clock, audit.keep()));
  }
}
