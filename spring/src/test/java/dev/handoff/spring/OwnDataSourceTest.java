package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/// The starter in an application that has a database of its own, and migrates it with Flyway.
final class OwnDataSourceTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);

  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, task) -> {
        for (int percent = 10; percent < 100; percent += 10) {
          task.progress(percent, "thinking");
          task.emit(".");
        }
        return Outcome.done("hello " + name);
      });
    }

    /// As Spring Boot's own Flyway support: it refuses a database that others have written to.
    @Bean
    DataSourceScriptDatabaseInitializer migrations(DataSource database) {
      return new DataSourceScriptDatabaseInitializer(
          database, new DatabaseInitializationSettings()) {
        @Override
        public boolean initializeDatabase() {
          Flyway.configure().dataSource(database).locations("classpath:notes").load().migrate();
          return true;
        }
      };
    }
  }

  private ConfigurableApplicationContext start(DataSource own, String... settings) {
    return run(context -> context.registerBean("own", DataSource.class, () -> own), settings);
  }

  private interface Beans {
    void register(GenericApplicationContext context);
  }

  private ConfigurableApplicationContext run(Beans beans, String... settings) {
    SpringApplication application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .initializers(context -> beans.register((GenericApplicationContext) context))
            .build();
    List<String> options = new ArrayList<>(List.of("--handoff.data-dir=" + folder + "/data"));
    Arrays.stream(settings).map(setting -> "--" + setting).forEach(options::add);
    return application.run(options.toArray(String[]::new));
  }

  private String sqliteUrl() {
    return "jdbc:sqlite:" + folder.resolve("notes.db");
  }

  @Test
  void aSqliteUrlIsTheTasksToo() {
    for (int start = 1; start <= 2; start++) {
      try (var context = run(_ -> {}, "spring.datasource.url=" + sqliteUrl())) {
        submitsAreInTheTransaction(context, start);
        writersTakeTurns(context);
        assertThat(tables(context, "sqlite_master where name = 'handoff_task'")).isEqualTo(1);
      }
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void flywayAddedLaterRunsTheFirstMigrationWithTheDocumentedBaseline() {
    try (SqliteTaskStore tasks =
        SqliteTaskStore.open(SqliteSettings.at(folder.resolve("notes.db")), TimeSource.system())) {
      assertThat(tasks.find(TaskId.firstAt(Instant.EPOCH))).isEmpty();
    }
    SQLiteDataSource own = new SQLiteDataSource();
    own.setUrl(sqliteUrl());
    var _ =
        Flyway.configure()
            .dataSource(own)
            .locations("classpath:notes")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate();
    assertThat(JdbcClient.create(own).sql("select count(*) from note").query(Long.class).single())
        .isZero();
  }

  @Test
  void aPoolThatBeginsTransactionsByItselfTakesTurnsToo() {
    try (var context =
        run(
            _ -> {},
            "spring.datasource.url=" + sqliteUrl(),
            "spring.datasource.hikari.auto-commit=false")) {
      submitsAreInTheTransaction(context, 1);
      writersTakeTurns(context);
    }
  }

  @Test
  void aPostgresUrlIsTheTasksToo() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    for (int start = 1; start <= 2; start++) {
      try (var context =
          run(
              _ -> {},
              "spring.datasource.url=" + data.url(),
              "spring.datasource.username=" + data.username(),
              "spring.datasource.password=" + data.password(),
              "handoff.store.connections=5")) {
        submitsAreInTheTransaction(context, start);
        assertThat(tables(context, "pg_tables where tablename = 'handoff_task'")).isEqualTo(1);
      }
    }
    assertThat(folder.resolve("data")).doesNotExist();
    data.drop();
  }

  @Test
  void aDataSourceOfTheirOwnIsTheTasksToo() {
    SQLiteDataSource own = new SQLiteDataSource();
    own.setUrl(sqliteUrl());
    try (var context = start(own)) {
      submitsAreInTheTransaction(context, 1);
      writersTakeTurns(context);
    }
  }

  @Test
  void aDataSourceOfTheirOwnOnPostgresToo() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(data.url());
    driver.setUser(data.username());
    driver.setPassword(data.password());
    try (var context = start(driver, "handoff.store.connections=5")) {
      submitsAreInTheTransaction(context, 1);
    }
    DataSource spring = new DriverManagerDataSource(data.url(), data.username(), data.password());
    try (var context = start(spring, "handoff.store.connections=5")) {
      submitsAreInTheTransaction(context, 2);
    }
    data.drop();
  }

  @Test
  void thePoolsSchemaIsTheTasksToo() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(data.url());
      pool.setUsername(data.username());
      pool.setPassword(data.password());
      pool.setMaximumPoolSize(3);
      pool.setConnectionInitSql("create schema if not exists notes; set search_path to notes");
      try (var context = start(pool, "handoff.store.connections=5")) {
        submitsAreInTheTransaction(context, 1);
        assertThat(
                tables(
                    context, "pg_tables where schemaname = 'notes' and tablename = 'handoff_task'"))
            .isEqualTo(1);
      }
    }
    data.drop();
  }

  @Test
  void theStoresOwnUrlWins() {
    String store = "jdbc:sqlite:" + folder.resolve("tasks.db");
    try (var context =
        run(_ -> {}, "spring.datasource.url=" + sqliteUrl(), "handoff.store.url=" + store)) {
      Handoff handoff = context.getBean(Handoff.class);
      TaskId id = handoff.submit(GREET, "Asha", Submission.by("u"));

      await().until(() -> handoff.find(id).orElseThrow().isTerminal());
      assertThat(tables(context, "sqlite_master where name = 'handoff_task'")).isZero();
      TaskDatabase tasks = context.getBean(TaskDatabase.class);
      assertThat(tasks.dataSource()).isNotSameAs(context.getBean(DataSource.class));
      AtomicReference<TaskId> lost = new AtomicReference<>();
      assertThatThrownBy(() ->
              tasks
                  .transaction()
                  .executeWithoutResult(_ -> {
                    lost.set(handoff.submit(GREET, "Ben", Submission.by("u")));
                    throw new IllegalStateException("rolled back");
                  }))
          .hasMessage("rolled back");
      assertThat(handoff.find(lost.get())).isEmpty();
    }
  }

  @Test
  void whatCannotKeepTasksIsRefusedClearly() {
    assertThatThrownBy(() -> run(_ -> {}, "spring.datasource.url=jdbc:sqlite::memory:"))
        .rootCause()
        .hasMessageContaining("in memory")
        .hasMessageContaining("handoff.store.url");
    assertThatThrownBy(() ->
            run(
                _ -> {},
                "spring.datasource.url=" + sqliteUrl(),
                "handoff.store.url=" + sqliteUrl()))
        .rootCause()
        .hasMessageContaining("the application's own database")
        .hasMessageContaining("remove the setting");
    assertThatThrownBy(() ->
            new SpringApplicationBuilder(Two.class)
                .web(WebApplicationType.NONE)
                .run("--handoff.data-dir=" + folder))
        .rootCause()
        .hasMessageContaining("several DataSources")
        .hasMessageContaining("@Primary");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Two {
    @Bean
    DataSource one() {
      return new SQLiteDataSource();
    }

    @Bean
    DataSource other() {
      return new SQLiteDataSource();
    }
  }

  private static int tables(ConfigurableApplicationContext context, String where) {
    return context
        .getBean(JdbcClient.class)
        .sql("select count(*) from " + where)
        .query(Integer.class)
        .single();
  }

  private static void submitsAreInTheTransaction(
      ConfigurableApplicationContext context, int notes) {
    Handoff handoff = context.getBean(Handoff.class);
    JdbcClient sql = context.getBean(JdbcClient.class);
    TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
    TaskId kept =
        transaction.execute(_ -> {
          TaskId id = handoff.submit(GREET, "Asha", Submission.by("u"));
          sql.sql("insert into note values (?)").param(id.toString()).update();
          assertThat(handoff.find(id)).isEmpty();
          return id;
        });
    AtomicReference<TaskId> lost = new AtomicReference<>();
    assertThatThrownBy(() ->
            transaction.executeWithoutResult(_ -> {
              lost.set(handoff.submit(GREET, "Ben", Submission.by("u")));
              throw new IllegalStateException("rolled back");
            }))
        .hasMessage("rolled back");

    await().until(() -> handoff.find(kept).orElseThrow().isTerminal());
    assertThat(handoff.find(lost.get())).isEmpty();
    assertThat(sql.sql("select count(*) from note").query(Integer.class).single()).isEqualTo(notes);
    assertThat(context.getBean(TaskDatabase.class).dataSource())
        .isSameAs(context.getBean(DataSource.class));
  }

  // Reading first and writing later is what finds SQLite busy when the writers take no turns.
  private static void writersTakeTurns(ConfigurableApplicationContext context) {
    Handoff handoff = context.getBean(Handoff.class);
    JdbcClient sql = context.getBean(JdbcClient.class);
    TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
    transaction.executeWithoutResult(_ -> {
      sql.sql("create table if not exists counter (n integer not null)").update();
      sql.sql("delete from counter").update();
      sql.sql("insert into counter values (0)").update();
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<TaskId>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(
            threads.submit(() ->
                transaction.execute(_ -> {
                  int n = sql.sql("select n from counter").query(Integer.class).single();
                  sql.sql("update counter set n = ?").param(n + 1).update();
                  return handoff.submit(GREET, "n" + n, Submission.by("u"));
                })));
      }
      for (Future<TaskId> each : all) {
        assertThat(each).succeedsWithin(java.time.Duration.ofSeconds(30));
      }
      for (Future<TaskId> each : all) {
        await().until(() -> handoff.find(each.resultNow()).orElseThrow().isTerminal());
      }
    }
    assertThat(sql.sql("select n from counter").query(Integer.class).single()).isEqualTo(40);
  }
}
