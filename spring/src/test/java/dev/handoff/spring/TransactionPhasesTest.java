package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffException;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Tasks that are submitted in every phase of a transaction, with every kind of manager: stored
/// exactly once after a commit, never after a rollback, and started at once.
final class TransactionPhasesTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);

  @TempDir private static Path folder;

  private static final Map<String, App> APPS = new HashMap<>();

  /// Far below the interval at which a node looks for tasks that nobody told it of.
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  record Submitting(TransactionPhase phase, Runnable submit) {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, task) -> Outcome.done("hello " + name));
    }

    @Bean
    Listeners listeners() {
      return new Listeners();
    }
  }

  static class Listeners {
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void beforeCommit(Submitting event) {
      submit(event, TransactionPhase.BEFORE_COMMIT);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void afterCommit(Submitting event) {
      submit(event, TransactionPhase.AFTER_COMMIT);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
    void afterCompletion(Submitting event) {
      submit(event, TransactionPhase.AFTER_COMPLETION);
    }

    private static void submit(Submitting event, TransactionPhase phase) {
      if (event.phase() == phase) {
        event.submit().run();
      }
    }
  }

  /// A running application.
  private record App(
      ConfigurableApplicationContext context, HikariDataSource pool, TestDatabase data) {
    Handoff handoff() {
      return context.getBean(Handoff.class);
    }

    TransactionTemplate transaction() {
      return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    TransactionTemplate innerTransaction() {
      TransactionTemplate inner = transaction();
      inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
      return inner;
    }

    TaskId submit() {
      return handoff().submit(GREET, "Asha", Submission.by("u"));
    }

    void isDone(AtomicReference<TaskId> task) {
      await().atMost(AT_ONCE).until(() -> handoff().find(task.get()).orElseThrow().isTerminal());
    }

    long stored() {
      return context
          .getBean(TransactionTemplate.class)
          .execute(ignored ->
              JdbcClient.create(context.getBean(DataSource.class))
                  .sql("select count(*) from handoff_task")
                  .query(Long.class)
                  .single());
    }

    void close() {
      context.close();
      pool.close();
      data.drop();
    }
  }

  private static void in(TransactionKind kind, Consumer<App> test) {
    test.accept(APPS.computeIfAbsent(kind.name(), ignored -> start(kind)));
  }

  private static App start(TransactionKind kind) {
    TestDatabase data = PostgresServer.shared().newDatabase();
    HikariDataSource pool = new HikariDataSource();
    if (kind.name().equals(TransactionKind.SQLITE)) {
      pool.setJdbcUrl("jdbc:sqlite:" + folder.resolve("tasks.db"));
    } else {
      pool.setJdbcUrl(data.url());
      pool.setUsername(data.username());
      pool.setPassword(data.password());
    }
    DataSource database = kind.connections().apply(pool);
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .initializers(made -> {
              GenericApplicationContext beans = (GenericApplicationContext) made;
              beans.registerBean("dataSource", DataSource.class, () -> database);
              kind.manager()
                  .ifPresent(manager ->
                      beans.registerBean(
                          "transactionManager",
                          PlatformTransactionManager.class,
                          () -> manager.apply(database)));
            })
            .run();
    return new App(context, pool, data);
  }

  @AfterAll
  static void stop() {
    APPS.values().forEach(App::close);
    APPS.clear();
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#all")
  void aSubmitWithinIsPartOfTheTransaction(TransactionKind kind) {
    in(
        kind,
        app -> {
          long before = app.stored();
          AtomicReference<TaskId> kept = new AtomicReference<>();
          AtomicReference<TaskId> lost = new AtomicReference<>();

          app.transaction()
              .executeWithoutResult(status -> {
                kept.set(app.submit());
                assertThat(app.handoff().find(kept.get())).isEmpty();
              });
          app.transaction()
              .executeWithoutResult(status -> {
                lost.set(app.submit());
                status.setRollbackOnly();
              });

          app.isDone(kept);
          assertThat(app.handoff().find(lost.get())).isEmpty();
          assertThat(app.stored()).isEqualTo(before + 1);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#all")
  void aSubmitInAReadOnlyTransactionIsRefused(TransactionKind kind) {
    in(
        kind,
        app -> {
          long before = app.stored();
          TransactionTemplate reading = app.transaction();
          reading.setReadOnly(true);

          reading.executeWithoutResult(status ->
              assertThatThrownBy(app::submit)
                  .isExactlyInstanceOf(HandoffException.class)
                  .hasMessageContaining("read-only"));

          assertThat(app.stored()).isEqualTo(before);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#onPostgres")
  void anInnerTransactionCommitsByItself(TransactionKind kind) {
    in(
        kind,
        app -> {
          long before = app.stored();
          AtomicReference<TaskId> kept = new AtomicReference<>();
          AtomicReference<TaskId> lost = new AtomicReference<>();

          app.transaction()
              .executeWithoutResult(outer -> {
                lost.set(app.submit());
                app.innerTransaction().executeWithoutResult(inner -> kept.set(app.submit()));
                app.isDone(kept);
                outer.setRollbackOnly();
              });

          assertThat(app.handoff().find(lost.get())).isEmpty();
          assertThat(app.stored()).isEqualTo(before + 1);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#allWithCallbacks")
  void aSubmitInACallbackIsStoredOnceAndStartsAtOnce(TransactionKind kind) {
    in(
        kind,
        app -> {
          for (TransactionPhase phase :
              List.of(
                  TransactionPhase.BEFORE_COMMIT,
                  TransactionPhase.AFTER_COMMIT,
                  TransactionPhase.AFTER_COMPLETION)) {
            AtomicReference<TaskId> task = new AtomicReference<>();
            long before = app.stored();

            app.transaction()
                .executeWithoutResult(status ->
                    app.context()
                        .publishEvent(new Submitting(phase, () -> task.set(app.submit()))));

            app.isDone(task);
            assertThat(app.stored()).as(phase.name()).isEqualTo(before + 1);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#onPostgresWithCallbacks")
  void aCallbackThatTakesItsTimeDoesNotHoldUpTheTask(TransactionKind kind) {
    in(
        kind,
        app -> {
          AtomicReference<TaskId> task = new AtomicReference<>();

          app.transaction()
              .executeWithoutResult(status -> {
                afterCommit(() -> app.isDone(task));
                task.set(app.submit());
              });

          app.isDone(task);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#onPostgresWithCallbacks")
  void aSubmitInACallbackOfAnInnerTransactionDoesNotWaitForTheOuterOne(TransactionKind kind) {
    in(
        kind,
        app -> {
          long before = app.stored();
          AtomicReference<TaskId> task = new AtomicReference<>();

          app.transaction()
              .executeWithoutResult(outer -> {
                app.innerTransaction()
                    .executeWithoutResult(inner -> afterCommit(() -> task.set(app.submit())));
                app.isDone(task);
                outer.setRollbackOnly();
              });

          assertThat(app.stored()).isEqualTo(before + 1);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#onPostgresWithCallbacks")
  void aTransactionThatBeginsInACallbackIsJoined(TransactionKind kind) {
    in(
        kind,
        app -> {
          AtomicReference<TaskId> lost = new AtomicReference<>();
          AtomicReference<TaskId> kept = new AtomicReference<>();

          app.transaction()
              .executeWithoutResult(outer ->
                  afterCommit(() -> {
                    app.innerTransaction()
                        .executeWithoutResult(inner -> {
                          lost.set(app.submit());
                          inner.setRollbackOnly();
                        });
                    kept.set(app.submit());
                  }));

          app.isDone(kept);
          assertThat(app.handoff().find(lost.get())).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("dev.handoff.spring.TransactionKind#onPostgres")
  void aConnectionKeptAtHandByAnotherManagersTransactionIsNotJoined(TransactionKind kind) {
    in(
        kind,
        app -> {
          AtomicReference<TaskId> task = new AtomicReference<>();
          try (OtherDatabase other = new OtherDatabase(app)) {
            other
                .transaction()
                .executeWithoutResult(status -> {
                  Object kept =
                      JdbcClient.create(app.context().getBean(DataSource.class))
                          .sql("select 1")
                          .query()
                          .singleValue();
                  assertThat(kept).isEqualTo(1);
                  task.set(app.submit());
                  status.setRollbackOnly();
                });
          }

          app.isDone(task);
        });
  }

  private static void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }

  /// A second database, whose transactions are not the store's.
  private static final class OtherDatabase implements AutoCloseable {
    private final TestDatabase data = PostgresServer.shared().newDatabase();
    private final HikariDataSource pool = new HikariDataSource();
    private final PlatformTransactionManager manager;

    OtherDatabase(App app) {
      pool.setJdbcUrl(data.url());
      pool.setUsername(data.username());
      pool.setPassword(data.password());
      manager =
          (PlatformTransactionManager)
              app.context()
                  .getAutowireCapableBeanFactory()
                  .initializeBean(new JdbcTransactionManager(pool), "otherManager");
    }

    TransactionTemplate transaction() {
      return new TransactionTemplate(manager);
    }

    @Override
    public void close() {
      pool.close();
      data.drop();
    }
  }
}
