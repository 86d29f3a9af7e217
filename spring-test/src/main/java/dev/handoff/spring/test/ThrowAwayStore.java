package dev.handoff.spring.test;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;

/// Has the application under test keep its tasks and tables in a database that is thrown away with
/// it, whatever its own settings say. Equal ones share a context.
record ThrowAwayStore(ThrowAwayDatabase kind, List<String> packages) implements ContextCustomizer {
  private static final String EXCLUDED = "spring.autoconfigure.exclude";
  private static final String DIALECT = "org.hibernate.community.dialect.SQLiteDialect";
  private static final List<String> JPA =
      List.of(
          "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
          "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");
  private static final Logger LOG = LoggerFactory.getLogger(ThrowAwayStore.class);

  /// Finds the annotation; named in `spring.factories`.
  static final class Factory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
        Class<?> test, List<ContextConfigurationAttributes> ignoredAttributes) {
      @Nullable HandoffTest annotation =
          TestContextAnnotationUtils.findMergedAnnotation(test, HandoffTest.class);
      return annotation == null
          ? null
          : new ThrowAwayStore(
              annotation.database(),
              Stream.of(annotation.value()).map(Class::getPackageName).distinct().toList());
    }
  }

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration ignoredConfiguration) {
    if (context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
      // Where entities and repositories are looked for, without the application's own class.
      AutoConfigurationPackages.register(registry, packages.toArray(String[]::new));
    }
    Path folder = temporaryFolder();
    atTheEnd(context, "handoffThrowAwayFolder", () -> FileSystemUtils.deleteRecursively(folder));
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "handoff.data-dir", folder.toString(),
                "handoff.store.url", "",
                "spring.datasource.driver-class-name", "",
                "spring.datasource.embedded-database-connection", "none",
                "spring.datasource.jndi-name", "false"));
    if (kind == ThrowAwayDatabase.SQLITE && lacksDialect(context)) {
      leaveOutJpa(context, settings);
    }
    settings.putAll(
        switch (kind) {
          case SQLITE -> login("jdbc:sqlite:" + folder.resolve("handoff.db"), "", "");
          case POSTGRESQL -> onServer(context);
        });
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("handoff test", settings));
  }

  private static boolean lacksDialect(ConfigurableApplicationContext context) {
    ClassLoader loader = context.getClassLoader();
    return JPA.stream().anyMatch(each -> ClassUtils.isPresent(each, loader))
        && !ClassUtils.isPresent(DIALECT, loader);
  }

  private static void leaveOutJpa(
      ConfigurableApplicationContext context, Map<String, Object> settings) {
    LOG.warn(
        "Hibernate has no dialect for SQLite, so this test has no JPA: add"
            + " org.hibernate.orm:hibernate-community-dialects to the test dependencies, or test on"
            + " PostgreSQL with @HandoffTest(database = ThrowAwayDatabase.POSTGRESQL)");
    List<String> excluded = new ArrayList<>(JPA);
    Binder.get(context.getEnvironment())
        .bind(EXCLUDED, Bindable.listOf(String.class))
        .ifBound(excluded::addAll);
    settings.put(EXCLUDED, String.join(",", excluded));
  }

  private static Map<String, Object> onServer(ConfigurableApplicationContext context) {
    TestDatabase database = PostgresServer.shared().newDatabase();
    atTheEnd(context, "handoffThrowAwayDatabase", database::drop);
    return login(database.url(), database.username(), database.password());
  }

  private static Map<String, Object> login(String url, String username, String password) {
    return Map.of(
        "spring.datasource.url", url,
        "spring.datasource.username", username,
        "spring.datasource.password", password);
  }

  // The first to be registered is the last to be destroyed.
  private static void atTheEnd(
      ConfigurableApplicationContext context, String name, Deletion action) {
    if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
      beans.registerDisposableBean(name, action::run);
    }
  }

  private interface Deletion {
    void run() throws IOException;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("handoff-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
