package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.support.TransactionTemplate;

/// The starter in an application whose own tables are behind JPA.
final class JpaTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);

  @Entity(name = "memo")
  static class Memo {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long id;

    @Nullable String task;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EntityScan(basePackageClasses = JpaTest.class)
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  @Test
  void aSubmitIsInTheTransactionOnSqlite(@TempDir Path folder) {
    submitsAreInTheTransaction("spring.datasource.url=jdbc:sqlite:" + folder.resolve("memo.db"));
  }

  @Test
  void aSubmitIsInTheTransactionOnPostgres() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    submitsAreInTheTransaction(
        "spring.datasource.url=" + data.url(),
        "spring.datasource.username=" + data.username(),
        "spring.datasource.password=" + data.password(),
        "handoff.store.connections=5");
    data.drop();
  }

  private static void submitsAreInTheTransaction(String... settings) {
    List<String> options = new ArrayList<>(List.of("--spring.jpa.hibernate.ddl-auto=update"));
    Arrays.stream(settings).map(setting -> "--" + setting).forEach(options::add);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .run(options.toArray(String[]::new))) {
      Handoff handoff = context.getBean(Handoff.class);
      TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
      EntityManager memos =
          SharedEntityManagerCreator.createSharedEntityManager(
              context.getBean(EntityManagerFactory.class));
      TaskId kept =
          transaction.execute(_ -> {
            TaskId id = handoff.submit(GREET, "Asha", Submission.by("u"));
            memos.persist(memo(id));
            assertThat(handoff.find(id)).isEmpty();
            return id;
          });
      AtomicReference<TaskId> lost = new AtomicReference<>();
      assertThatThrownBy(() ->
              transaction.executeWithoutResult(_ -> {
                memos.persist(memo(kept));
                lost.set(handoff.submit(GREET, "Ben", Submission.by("u")));
                throw new IllegalStateException("rolled back");
              }))
          .hasMessage("rolled back");

      await().until(() -> handoff.find(kept).orElseThrow().isTerminal());
      assertThat(handoff.find(lost.get())).isEmpty();
      assertThat(memos.createQuery("select task from memo", String.class).getResultList())
          .containsExactly(kept.toString());
    }
  }

  @Test
  void theTasksDatabaseJoinsTheTransactionAndDoesNotCommitIt(@TempDir Path folder) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .run(
                "--spring.jpa.hibernate.ddl-auto=update",
                "--spring.datasource.url=jdbc:sqlite:" + folder.resolve("memo.db"))) {
      TaskDatabase tasks = context.getBean(TaskDatabase.class);
      TransactionTemplate outer = context.getBean(TransactionTemplate.class);
      EntityManager memos =
          SharedEntityManagerCreator.createSharedEntityManager(
              context.getBean(EntityManagerFactory.class));
      tasks.sql().sql("create table note (text text)").update();

      assertThatThrownBy(() ->
              outer.executeWithoutResult(_ -> {
                memos.persist(new Memo());
                memos.flush();
                note(tasks, "lost");
                throw new IllegalStateException("rolled back");
              }))
          .hasMessage("rolled back");
      assertThatThrownBy(() ->
              outer.executeWithoutResult(_ -> {
                memos.persist(new Memo());
                assertThatThrownBy(() ->
                        tasks
                            .transaction()
                            .executeWithoutResult(_ -> {
                              throw new IllegalStateException("half");
                            }))
                    .hasMessage("half");
              }))
          .hasMessageContaining("cannot be committed");
      assertThat(tasks.sql().sql("select count(*) from memo").query(Integer.class).single())
          .isZero();
      assertThat(notes(tasks)).isEmpty();

      outer.executeWithoutResult(_ -> note(tasks, "kept"));

      assertThat(notes(tasks)).containsExactly("kept");
    }
  }

  private static void note(TaskDatabase tasks, String text) {
    tasks
        .transaction()
        .executeWithoutResult(
            _ -> tasks.sql().sql("insert into note values (?)").param(text).update());
  }

  private static List<@Nullable String> notes(TaskDatabase tasks) {
    return tasks.sql().sql("select text from note").query(String.class).list();
  }

  private static Memo memo(TaskId task) {
    Memo memo = new Memo();
    memo.task = task.toString();
    return memo;
  }
}
