package dev.handoff.spring;

import dev.handoff.EndListener;
import dev.handoff.EngineListener;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.PayloadCodec;
import dev.handoff.TimeSource;
import dev.handoff.engine.EngineLog;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.store.TaskStore;
import java.util.List;
import java.util.Optional;
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
  @ConditionalOnMissingBean(TaskStore.class)
  StoreDatabase handoffDatabase(HandoffProperties settings, SettingsCheck checked) {
    return StoreDatabase.open(settings);
  }

  /// For the application's own tables, in the same database as the tasks, which closes it.
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  DataSource dataSource(StoreDatabase database) {
    return database.dataSource();
  }

  @Bean
  @ConditionalOnMissingBean({TaskStore.class, TimeSource.class})
  TaskStore handoffStore(StoreDatabase database) {
    return database.store(Optional.empty());
  }

  @Bean
  @ConditionalOnMissingBean(TaskStore.class)
  TaskStore handoffStoreWithOwnClock(StoreDatabase database, TimeSource clock) {
    return database.store(Optional.of(clock));
  }

  /// The one clock (ADR 2), for the application too.
  @Bean
  @ConditionalOnMissingBean
  TimeSource handoffClock(TaskStore store) {
    return store.clock();
  }

  @Bean
  @ConditionalOnMissingBean
  Unavailability handoffUnavailability() {
    return new DatabaseUnavailability();
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
      ObjectProvider<EngineListener> listeners,
      ObjectProvider<EndListener> endListeners) {
    List<HandledType<?, ?>> handled = types.orderedStream().toList();
    EngineListener listener =
        listeners.orderedStream().reduce(new EngineLog(), EngineListener::and);
    EndListener ends =
        endListeners.orderedStream().reduce(EndListener::and).orElse(EndListener.NONE);
    return Handoff.start(
        store, handled, settings.engineConfig(), new Extensions(codec, listener, ends));
  }

  @Bean
  HandoffLifecycle handoffLifecycle(Handoff handoff) {
    return new HandoffLifecycle(handoff);
  }
}
