package dev.handoff.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.test.shop.Letters;
import dev.handoff.spring.test.shop.Purchases;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An application with JPA whose tables are made by Liquibase.
@HandoffTest(
    value = Letters.class,
    properties = {
      "spring.liquibase.enabled=true",
      "spring.liquibase.change-log=classpath:shop/liquibase/changelog.sql"
    })
final class JpaOnSqliteTest {
  @Autowired private TaskTester tester;
  @Autowired private Letters.Shop shop;
  @Autowired private Purchases purchases;
  @Autowired private Handoff handoff;
  @Autowired private JdbcClient sql;
  @Autowired private HandoffProperties settings;

  @Test
  void aTaskIsPartOfTheSaleAndItsLetterOfItsEnd() {
    TaskId id = shop.sell("p1", "Asha");

    assertThat(handoff.result(Letters.LETTER, tester.runToEnd(id))).contains("Thank you, Asha!");
    assertThat(purchases.findById("p1").orElseThrow().letter()).isEqualTo("Thank you, Asha!");
    assertThat(sql.sql("select id from databasechangelog").query(String.class).list())
        .containsExactly("1");
    assertThat(settings.dataDir().resolve("handoff.db")).exists();
  }
}
