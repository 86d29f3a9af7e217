package dev.handoff.spring;

import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.store.TaskStore;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/// A DataSource for an application that uses JDBC, names no database, and would be refused by
/// Spring Boot, which can make none for it: the store's, for the application's own tables too.
@AutoConfiguration(
    before = DataSourceAutoConfiguration.class,
    afterName = "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration")
@ConditionalOnClass(DataSourceAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "handoff.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HandoffProperties.class)
@Import(SettingsConfiguration.class)
@ConditionalOnMissingBean(
    value = {TaskStore.class, DataSource.class},
    type = {
      "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails",
      "io.r2dbc.spi.ConnectionFactory"
    })
@Conditional(HandoffDatabaseAutoConfiguration.NoOtherCondition.class)
public final class HandoffDatabaseAutoConfiguration {
  @Bean
  StoreDatabase handoffDatabase(HandoffProperties settings, SettingsCheck checked) {
    return StoreDatabase.open(settings);
  }

  /// The database closes it, so Spring does not.
  @Bean(destroyMethod = "")
  DataSource dataSource(StoreDatabase database) {
    return database.dataSource();
  }

  static final class NoOtherCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      Environment settings = context.getEnvironment();
      ConditionMessage.Builder message = ConditionMessage.forCondition("Handoff database");
      for (String setting : new String[] {"spring.datasource.url", "spring.datasource.jndi-name"}) {
        if (StringUtils.hasText(settings.getProperty(setting))) {
          return ConditionOutcome.noMatch(message.because(setting + " names the application's"));
        }
      }
      EmbeddedDatabaseConnection embedded = embedded(context);
      return embedded == EmbeddedDatabaseConnection.NONE
          ? ConditionOutcome.match(message.because("no spring.datasource.url"))
          : ConditionOutcome.noMatch(message.because("Spring Boot embeds " + embedded));
    }

    /// The one that Spring Boot takes for an application that names none.
    private static EmbeddedDatabaseConnection embedded(ConditionContext context) {
      return Binder.get(context.getEnvironment())
          .bind("spring.datasource.embedded-database-connection", EmbeddedDatabaseConnection.class)
          .orElseGet(() -> EmbeddedDatabaseConnection.get(context.getClassLoader()));
    }
  }
}
