package dev.handoff.spring.modulith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import dev.handoff.Work;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.transaction.support.TransactionTemplate;

/// An application of modules whose events become tasks, with Modulith's own table of publications.
final class EventsAsTasksTest {
  private static final TaskType<String, String> RECEIPT =
      TaskType.of("receipt", String.class, String.class);
  private static final TaskType<String, String> UNKNOWN =
      TaskType.of("nobody-declared-this", String.class, String.class);

  record OrderPaid(String order, String customer) {}

  record OrderLost(String order) {}

  record OrderViewed(String order) {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ModularBookshop {
    private final List<String> written = new CopyOnWriteArrayList<>();

    @Bean
    List<String> written() {
      return written;
    }

    @Bean
    HandledType<String, String> receipts() {
      return RECEIPT.handledBy((order, _) -> {
        written.add(order);
        return Outcome.done("receipt of " + order);
      });
    }

    @Bean
    EventExternalizationConfiguration externalization() {
      return EventExternalizationConfiguration.externalizing()
          .select(event ->
              event instanceof OrderPaid
                  || event instanceof OrderLost
                  || event instanceof OrderViewed)
          .mapping(
              OrderPaid.class,
              paid -> new Work<>(RECEIPT, paid.order(), Submission.by(paid.customer())))
          .mapping(
              OrderLost.class, lost -> new Work<>(UNKNOWN, lost.order(), Submission.by("nobody")))
          .routeKey(OrderPaid.class, OrderPaid::order)
          .build();
    }
  }

  private final TestDatabase data = PostgresServer.shared().newDatabase();
  private ConfigurableApplicationContext shop;

  @BeforeEach
  void start() {
    shop =
        new SpringApplicationBuilder(ModularBookshop.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .run(
                "--spring.datasource.url=" + data.url(),
                "--spring.datasource.username=" + data.username(),
                "--spring.datasource.password=" + data.password(),
                "--spring.modulith.events.jdbc.schema-initialization.enabled=true",
                "--handoff.store.connections=5");
  }

  @AfterEach
  void stop() {
    shop.close();
    data.drop();
  }

  @Test
  void anEventIsATaskAfterTheCommitAndOnlyThen() {
    publish(new OrderPaid("7", "asha"), false);
    assertThatThrownBy(() -> publish(new OrderPaid("8", "ben"), true)).hasMessage("rolled back");
    publish(new OrderPaid("9", "asha"), false);

    await().until(() -> count("state = 'completed'") == 2);
    assertThat(written()).containsExactlyInAnyOrder("7", "9");
    assertThat(count("owner = 'asha'")).isEqualTo(2);
  }

  @Test
  void aPublicationThatIsRepeatedIsNoSecondTask() {
    publish(new OrderPaid("7", "asha"), false);
    await().until(() -> incomplete() == 0 && count("state = 'completed'") == 1);
    // As after a crash between the submit and the note of it.
    sql("update event_publication set completion_date = null, status = 'FAILED'");
    assertThat(incomplete()).isOne();

    shop.getBean(IncompleteEventPublications.class).resubmitIncompletePublications(_ -> true);

    await().until(() -> incomplete() == 0);
    assertThat(count("true")).isOne();
  }

  @Test
  void aRefusedSubmitLeavesThePublicationForLater() {
    publish(new OrderLost("7"), false);
    publish(new OrderPaid("8", "asha"), false);

    await().until(() -> written().equals(List.of("8")));
    await().until(() -> incomplete() == 1);
    assertThat(count("true")).isOne();
  }

  @Test
  void anEventWithoutWorkIsLeftToOthers() {
    publish(new OrderViewed("7"), false);
    publish(new OrderPaid("8", "asha"), false);

    await().until(() -> count("state = 'completed'") == 1);
    await().until(() -> incomplete() == 0);
    assertThat(count("true")).isOne();
  }

  private void publish(Object event, boolean rollback) {
    ApplicationEventPublisher events = shop;
    shop.getBean(TransactionTemplate.class)
        .executeWithoutResult(_ -> {
          events.publishEvent(event);
          if (rollback) {
            throw new IllegalStateException("rolled back");
          }
        });
  }

  @SuppressWarnings("unchecked")
  private List<String> written() {
    return shop.getBean("written", List.class);
  }

  private int count(String condition) {
    return sqlCount("select count(*) from handoff_task where " + condition);
  }

  private int incomplete() {
    return sqlCount("select count(*) from event_publication where completion_date is null");
  }

  private int sqlCount(String sql) {
    return shop.getBean(JdbcClient.class).sql(sql).query(Integer.class).single();
  }

  private void sql(String sql) {
    shop.getBean(JdbcClient.class).sql(sql).update();
  }
}
