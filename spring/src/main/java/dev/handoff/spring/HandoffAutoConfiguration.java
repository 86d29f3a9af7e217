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
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/// An engine in the application: its store, in the application's own database where it has one, and
/// the node itself, started with every [HandledType] bean. Each part gives way to a bean of the
/// application's own.
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBooleanProperty(name = "handoff.enabled", matchIfMissing = true)
@EnableConfigurationProperties({
  HandoffProperties.class,
  EngineSwitch.class,
  ApiSwitch.class,
  PayloadProperties.class,
  OperatorProperties.class,
  GateProperties.class
})
@Import(SettingsConfiguration.class)
@ImportRuntimeHints(NativeHints.class)
public final class HandoffAutoConfiguration {
  private static final String STORE_URL = "handoff.store.url";

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
      ObjectProvider<StoreDatabase> opened,
      ObjectProvider<DataSource> application,
      ManagedTransactions transactions) {
    StoreDatabase database = opened.getIfAvailable();
    return new TaskDatabase(
        database == null ? application.getObject() : database.dataSource(),
        asked -> transactions.connection(asked).isPresent());
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
      ObjectProvider<JsonMapper> application,
      PayloadProperties payloads,
      ListableBeanFactory beans) {
    JsonMapper mapper = application.getIfUnique();
    if (mapper == null) {
      if (application.stream().limit(1).findAny().isPresent()) {
        throw new IllegalStateException(
            "the application has several JsonMappers, "
                + String.join(", ", beans.getBeanNamesForType(JsonMapper.class))
                + ": mark the one that writes and reads the tasks' requests and results with"
                + " @Primary, or declare a PayloadCodec bean");
      }
      mapper = JsonMapper.builder().build();
    }
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

  /// Before the first claim, which comes with the end of the start.
  @Bean
  @ConditionalOnBean(value = Handoff.class, search = SearchStrategy.CURRENT)
  SmartInitializingSingleton handoffGates(Handoff handoff, GateProperties settings) {
    return () -> settings.setIn(handoff.gates());
  }

  /// Of the context that has the engine: a child context does not end its parent's.
  @Bean
  @ConditionalOnBean(value = Handoff.class, search = SearchStrategy.CURRENT)
  HandoffLifecycle handoffLifecycle(Handoff handoff, ApplicationContext context) {
    return new HandoffLifecycle(handoff, context);
  }

  @Bean
  @ConditionalOnBean(value = Handoff.class, search = SearchStrategy.CURRENT)
  ClaimLifecycle handoffClaimLifecycle(
      Handoff handoff,
      HandoffProperties settings,
      ApplicationContext context,
      ListableBeanFactory beans) {
    boolean runsTasks =
        settings.role().runsTasks()
            && beans.getBeanNamesForType(HandledType.class, true, false).length > 0;
    // A SpringApplication registers its arguments, and tells when the application is ready.
    ClaimLifecycle.ClaimStart begin =
        beans.getBeanNamesForType(ApplicationArguments.class).length > 0
            ? ClaimLifecycle.ClaimStart.READY_EVENT
            : ClaimLifecycle.ClaimStart.LAST_PHASE;
    return new ClaimLifecycle(handoff, context, begin, runsTasks && settings.worker().keepAlive());
  }
}
