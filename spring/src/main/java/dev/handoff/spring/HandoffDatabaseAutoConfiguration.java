package dev.handoff.spring;

import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.store.TaskStore;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/// A database for an application that names none: the store's, for the application's own tables
/// too.
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(HandoffProperties.class)
@ConditionalOnMissingBean({TaskStore.class, DataSource.class, JdbcConnectionDetails.class})
@Conditional(HandoffDatabaseAutoConfiguration.NoneIsNamed.class)
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

  static final class NoneIsNamed extends SpringBootCondition {
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
      return ConditionOutcome.match(message.because("no spring.datasource.url"));
    }
  }
}
