package dev.handoff.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.spring.test.shop.Letters;
import dev.handoff.spring.test.shop.Purchases;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An application with JPA whose tables are made by Flyway.
@HandoffTest(
    value = Letters.class,
    database = ThrowAwayDatabase.POSTGRESQL,
    properties = {
      "spring.datasource.url=jdbc:postgresql://localhost:1/production",
      "spring.flyway.enabled=true",
      "spring.flyway.locations=classpath:shop/flyway",
      "spring.jpa.hibernate.ddl-auto=validate"
    })
final class JpaOnPostgresTest {
  @Autowired private TaskTester tester;
  @Autowired private Letters.Shop shop;
  @Autowired private Purchases purchases;
  @Autowired private Handoff handoff;
  @Autowired private JdbcClient sql;

  @Test
  void aTaskIsPartOfTheSaleAndItsLetterOfItsEnd() {
    TaskId id = shop.sell("p1", "Asha");
    assertThat(purchases.findById("p1").orElseThrow().letter()).isNull();

    assertThat(handoff.result(Letters.LETTER, tester.runToEnd(id))).contains("Thank you, Asha!");
    assertThat(purchases.findById("p1").orElseThrow().letter()).isEqualTo("Thank you, Asha!");
  }

  @Test
  void aSaleThatFailsLeavesNoTask() {
    assertThatThrownBy(() -> shop.sell("p2", "nobody"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(purchases.existsById("p2")).isFalse();
    assertThat(handoff.list(TaskQuery.by("nobody"), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void theApplicationsMigrationsWereFirst() {
    assertThat(sql.sql("select version from flyway_schema_history").query(String.class).list())
        .containsExactly("1");
    assertThat(sql.sql("select version()").query(String.class).single()).startsWith("PostgreSQL");
  }
}
