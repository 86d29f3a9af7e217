package dev.handoff.spring;

import dev.handoff.EndListener;
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
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/// An engine in the application: its store, in the application's own database where it has one, and
/// the node itself, started with every [HandledType] bean. Each part gives way to a bean of the
/// application's own.
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@EnableConfigurationProperties({HandoffProperties.class, ApiSwitch.class, PayloadProperties.class})
@ImportRuntimeHints(NativeHints.class)
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

  /// The database of the application's own connections, once its own tables are made, or the one
  /// that a setting names.
  @Bean
  @ConditionalOnMissingBean({TaskStore.class, StoreDatabase.class})
  @DependsOnDatabaseInitialization
  StoreDatabase handoffDatabase(
      HandoffProperties settings, SettingsCheck checked, ListableBeanFactory beans) {
    Optional<DataSource> application = ApplicationDatabase.of(beans, settings.store().isNamed());
    return application.isPresent()
        ? StoreDatabase.beside(application.get(), settings, checked)
        : StoreDatabase.open(settings);
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
  static HandlerCheck handoffHandlerCheck(ConfigurableListableBeanFactory beans) {
    return new HandlerCheck(beans);
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
      ListableBeanFactory beans,
      HandoffProperties settings,
      Extensions extensions,
      ObjectProvider<ObservationRegistry> observations) {
    return Handoff.open(
        store,
        () ->
            observed(TaskTypes.of(beans), observations.getIfUnique(() -> ObservationRegistry.NOOP)),
        settings.engineConfig(),
        extensions);
  }

  private static List<HandledType<?, ?>> observed(
      List<HandledType<?, ?>> types, ObservationRegistry observations) {
    return types.stream()
        .<HandledType<?, ?>>map(handled -> ObservedHandler.around(handled, observations))
        .toList();
  }

  @Bean
  static HandledMethods handoffHandledMethods() {
    return new HandledMethods();
  }

  @Bean
  EndListener handoffEndEvents(ConfigurableApplicationContext context) {
    return context instanceof AbstractApplicationContext listeners
        ? new EndEvents(listeners)
        : EndListener.NONE;
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
