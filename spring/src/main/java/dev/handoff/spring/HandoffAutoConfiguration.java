package dev.handoff.spring;

import dev.handoff.EngineListener;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.PayloadCodec;
import dev.handoff.TimeSource;
import dev.handoff.engine.EngineLog;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.store.TaskStore;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/// An engine in the application: its store, its database for the application's own tables, and the
/// node itself, started with every [HandledType] bean. Each part gives way to a bean of the
/// application's own.
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(HandoffProperties.class)
public final class HandoffAutoConfiguration {
  /// Made before the database, so that a misspelt setting creates no file.
  @Bean
  SettingsCheck handoffSettingsCheck(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    ClassLoader loader = context.getClassLoader();
    SettingsCheck check =
        new SettingsCheck(
            environment, loader == null ? ClassLoader.getSystemClassLoader() : loader);
    check.refuseUnknown();
    check.print();
    return check;
  }

  @Bean
  @ConditionalOnMissingBean
  TimeSource handoffClock() {
    return TimeSource.system();
  }

  @Bean
  @ConditionalOnMissingBean(TaskStore.class)
  SqliteDatabase handoffDatabase(HandoffProperties settings, SettingsCheck checked) {
    return SqliteDatabase.open(SqliteSettings.at(settings.storeFile()));
  }

  /// For the application's own tables, in the same file as the tasks. The database closes it.
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  DataSource dataSource(SqliteDatabase database) {
    return database.dataSource();
  }

  @Bean
  @ConditionalOnMissingBean
  TaskStore handoffStore(SqliteDatabase database, TimeSource clock) {
    return SqliteTaskStore.open(database, clock, new SpringTransaction(database.dataSource()));
  }

  @Bean
  @ConditionalOnMissingBean
  PayloadCodec handoffPayloadCodec() {
    return new JacksonPayloadCodec();
  }

  @Bean
  @ConditionalOnMissingBean
  Handoff handoff(
      TaskStore store,
      ObjectProvider<HandledType<?, ?>> types,
      HandoffProperties settings,
      PayloadCodec codec,
      ObjectProvider<EngineListener> listeners) {
    List<HandledType<?, ?>> handled = types.orderedStream().toList();
    EngineListener listener =
        listeners.orderedStream().reduce(new EngineLog(), EngineListener::and);
    return Handoff.start(store, handled, settings.engineConfig(), new Extensions(codec, listener));
  }

  @Bean
  HandoffLifecycle handoffLifecycle(Handoff handoff) {
    return new HandoffLifecycle(handoff);
  }
}
