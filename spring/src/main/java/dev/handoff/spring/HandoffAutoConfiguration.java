package dev.handoff.spring;

import dev.handoff.EngineListener;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.PayloadCodec;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.JacksonPayloadCodec;
import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.store.TaskStore;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/// An engine in the application: its store, in the application's own database where it has one, and
/// the node itself, started with every [HandledType] bean. Each part gives way to a bean of the
/// application's own.
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties({HandoffProperties.class, PayloadProperties.class})
public final class HandoffAutoConfiguration {
  private static final String STORE_URL = "handoff.store.url";

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

  /// The application's own database, once its own tables are made, unless a setting names another.
  @Bean
  @ConditionalOnMissingBean({TaskStore.class, StoreDatabase.class})
  @DependsOnDatabaseInitialization
  StoreDatabase handoffDatabase(
      HandoffProperties settings, SettingsCheck checked, ObjectProvider<DataSource> application) {
    DataSource shared = application.getIfUnique();
    if (settings.store().isNamed()) {
      if (shared != null && StoreLogin.leadsTo(settings.store().url(), shared)) {
        throw UnsupportedStoreException.ofApplicationsOwn();
      }
      return StoreDatabase.open(settings);
    }
    if (shared == null) {
      throw UnsupportedStoreException.ofSeveral();
    }
    return StoreDatabase.sharing(shared, settings);
  }

  @Bean
  static ManagedTransactions handoffManagedTransactions() {
    return new ManagedTransactions();
  }

  @Bean
  static SqliteGate handoffSqliteGate(
      ConfigurableListableBeanFactory beans, Environment environment) {
    return new SqliteGate(beans, !StringUtils.hasText(environment.getProperty(STORE_URL)));
  }

  /// Lazy: an application with a store of its own may have no database.
  @Bean
  @Lazy
  @ConditionalOnMissingBean
  TaskDatabase handoffTaskDatabase(
      ObjectProvider<StoreDatabase> opened, ObjectProvider<DataSource> application) {
    StoreDatabase database = opened.getIfAvailable();
    return new TaskDatabase(database == null ? application.getObject() : database.dataSource());
  }

  @Bean
  @ConditionalOnMissingBean({TaskStore.class, TimeSource.class})
  TaskStore handoffStore(StoreDatabase database, ManagedTransactions transactions) {
    return database.store(Optional.empty(), transactions);
  }

  @Bean
  @ConditionalOnMissingBean(TaskStore.class)
  TaskStore handoffStoreWithOwnClock(
      StoreDatabase database, ManagedTransactions transactions, TimeSource clock) {
    return database.store(Optional.of(clock), transactions);
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

  /// Writes and reads with the application's mapper: its modules, mix-ins and formats.
  @Bean
  @ConditionalOnMissingBean
  PayloadCodec handoffPayloadCodec(
      ObjectProvider<JsonMapper> application, PayloadProperties payloads) {
    JsonMapper mapper = application.getIfUnique(() -> JsonMapper.builder().build());
    return payloads.lenient()
        ? JacksonPayloadCodec.lenient(mapper)
        : new JacksonPayloadCodec(mapper);
  }

  @Bean
  EngineListeners handoffEngineListeners(ObjectProvider<EngineListener> beans) {
    return new EngineListeners(beans);
  }

  @Bean
  @ConditionalOnMissingBean
  Extensions handoffExtensions(
      PayloadCodec codec, EngineListeners listeners, ListableBeanFactory beans) {
    return new Extensions(codec, listeners::on, EndListeners.of(beans));
  }

  @Bean
  @ConditionalOnMissingBean
  Handoff handoff(
      TaskStore store,
      ObjectProvider<HandledType<?, ?>> types,
      HandoffProperties settings,
      Extensions extensions,
      ObjectProvider<ObservationRegistry> observations) {
    return Handoff.open(
        store,
        () ->
            observed(
                types.orderedStream(), observations.getIfUnique(() -> ObservationRegistry.NOOP)),
        settings.engineConfig(),
        extensions);
  }

  private static List<HandledType<?, ?>> observed(
      Stream<HandledType<?, ?>> types, ObservationRegistry observations) {
    return types
        .<HandledType<?, ?>>map(handled -> ObservedHandler.around(handled, observations))
        .toList();
  }

  @Bean
  HandoffLifecycle handoffLifecycle(Handoff handoff) {
    return new HandoffLifecycle(handoff);
  }

  @Bean
  ClaimLifecycle handoffClaimLifecycle(
      Handoff handoff, HandoffProperties settings, ListableBeanFactory beans) {
    boolean runsTasks =
        settings.role().runsTasks()
            && beans.getBeanNamesForType(HandledType.class, true, false).length > 0;
    return new ClaimLifecycle(handoff, runsTasks && settings.worker().keepAlive());
  }
}
