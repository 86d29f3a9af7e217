package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.sqlite.SQLiteDataSource;
import tools.jackson.databind.json.JsonMapper;

/// The starter in applications that are put together in less usual ways.
final class ApplicationEdgesTest {
  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {}

  private ApplicationContextRunner application(String... settings) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues("handoff.data-dir=" + folder)
        .withPropertyValues(settings);
  }

  @Configuration(proxyBeanMethods = false)
  static class Metered {
    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }

  @Test
  void withoutItsAutoConfigurationTheApplicationStarts() {
    String left = "spring.autoconfigure.exclude=" + HandoffAutoConfiguration.class.getName();
    application(left)
        .withUserConfiguration(Metered.class)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Handoff.class));
  }

  @Test
  void itCanBeSwitchedOff() {
    application("handoff.enabled=false", "spring.datasource.url=jdbc:sqlite:" + folder + "/a.db")
        .withUserConfiguration(Metered.class)
        .run(context -> {
          assertThat(context).hasNotFailed().doesNotHaveBean(Handoff.class);
          assertThat(context.getBeanDefinitionNames())
              .noneMatch(name -> name.startsWith("handoff"));
        });
  }

  @Test
  void itsHealthCanBeSwitchedOff() {
    application().run(context -> assertThat(context).hasBean("handoffHealthIndicator"));
    application("management.health.handoff.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("handoffHealthIndicator"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Routed {
    @Bean
    DataSource routes() {
      AbstractRoutingDataSource routes =
          new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
              return "none here";
            }
          };
      routes.setTargetDataSources(java.util.Map.of());
      return routes;
    }
  }

  @Test
  void aRoutingDataSourceWithoutADefaultDoesNotStopAStoreOfItsOwn() {
    application("handoff.store.url=jdbc:sqlite:" + folder + "/tasks.db")
        .withUserConfiguration(Routed.class)
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Handoff.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoMappers {
    @Bean
    JsonMapper plain() {
      return JsonMapper.builder().build();
    }

    @Bean
    JsonMapper other() {
      return JsonMapper.builder().build();
    }
  }

  @Test
  void severalMappersWithoutAPrimaryOneAreRefusedByName() {
    application()
        .withUserConfiguration(TwoMappers.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("several JsonMappers, ")
                .hasStackTraceContaining("plain")
                .hasStackTraceContaining("@Primary"));
  }

  private static DataSource sqlite(Path file) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /// As Spring Boot's documentation configures a second DataSource.
  @Configuration(proxyBeanMethods = false)
  static class TwoDatabases {
    @Bean
    DataSource first(org.springframework.core.env.Environment settings) {
      return sqlite(Path.of(settings.getRequiredProperty("handoff.data-dir"), "first.db"));
    }

    @Bean(defaultCandidate = false)
    @Qualifier("second")
    DataSource second(org.springframework.core.env.Environment settings) {
      return sqlite(Path.of(settings.getRequiredProperty("handoff.data-dir"), "second.db"));
    }
  }

  @Test
  void aSecondDataSourceThatIsNoDefaultCandidateIsNotInTheWay() {
    application()
        .withUserConfiguration(TwoDatabases.class)
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(Handoff.class);
          assertThat(folder.resolve("first.db")).exists();
          assertThat(folder.resolve("second.db")).doesNotExist();
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Greeting {
    @Bean
    HandledType<String, String> greet() {
      return TaskType.of("greet", String.class, String.class)
          .handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  private ApplicationContextRunner child(ApplicationContext parent, Class<?>... more) {
    return application().withParent(parent).withUserConfiguration(more);
  }

  @Test
  void aChildContextLeavesItsParentsEngineOpen() {
    application()
        .run(parent -> {
          child(parent).run(context -> assertThat(context).hasNotFailed());

          Handoff handoff = parent.getBean(Handoff.class);
          assertThat(handoff.status().running()).isTrue();
          assertThatCode(() -> handoff.runDue()).doesNotThrowAnyException();
        });
  }

  @Test
  void aHandlerInAChildContextIsRefused() {
    application()
        .run(parent ->
            child(parent, Greeting.class)
                .run(context ->
                    assertThat(context)
                        .getFailure()
                        .hasMessageContaining("'greet'")
                        .hasMessageContaining("the engine is in the parent context")));
  }
}
