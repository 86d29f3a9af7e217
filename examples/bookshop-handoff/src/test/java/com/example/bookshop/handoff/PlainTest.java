package com.example.bookshop.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.plain.PlainApplication;
import com.example.plain.TwoHandlers;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The starter alone, with only the jars that an application has chosen, and its refusals.
final class PlainTest {
  private static final String JPA = "h2|hibernate|spring-data|spring-boot-.*(?:jpa|hibernate|data)";
  private static final String JDBC = "spring-boot-jdbc|spring-boot-starter-jdbc|spring-boot-sql";
  private static final String WEB =
      "tomcat|spring-web|spring-boot-web|spring-boot-starter-web|spring-boot-tomcat"
          + "|spring-boot-starter-tomcat|spring-boot-servlet|spring-boot-http|spring-boot-rest"
          + "|jakarta.servlet";
  private static final String SQLITE = "sqlite-jdbc";

  @TempDir private Path folder;

  static List<String> plain() throws Exception {
    return ShopProcess.without(ShopProcess.withHandoff(), JPA);
  }

  private static List<String> plain(String without) throws Exception {
    return ShopProcess.without(plain(), without);
  }

  private ShopProcess start(List<String> classPath, String... settings) throws Exception {
    return ShopProcess.start(folder, classPath, PlainApplication.class, settings);
  }

  private List<String> refusals(List<String> classPath, List<List<String>> starts)
      throws Exception {
    List<String> outputs = ShopProcess.startEach(folder, classPath, starts);
    assertThat(outputs).hasSameSizeAs(starts).allMatch(output -> output.endsWith("REFUSED"));
    return outputs.stream().map(PlainTest::description).toList();
  }

  private static String description(String output) {
    assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
    return output.substring(output.indexOf("Description:"));
  }

  @Test
  void runsWithoutAWebServerAndWithoutJdbcOfSpringBoot() throws Exception {
    try (ShopProcess application = start(plain(WEB + "|" + JDBC))) {
      assertThat(application.output()).contains("DONE hello Asha");
      assertThat(folder.resolve("data/handoff.db")).exists();
    }
  }

  @Test
  void runsOnPostgresWithoutSqlite() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    List<String> classPath = ShopProcess.with(plain(SQLITE), "postgresql");
    try (ShopProcess application =
        start(
            classPath,
            "spring.datasource.url=" + data.url(),
            "spring.datasource.username=" + data.username(),
            "spring.datasource.password=" + data.password())) {
      assertThat(application.output()).contains("DONE hello Asha");
    }
    data.drop();
  }

  @Test
  void whatIsWrongIsOneSentenceThatNamesIt() throws Exception {
    Path wrong = Files.createDirectory(folder.resolve("wrong"));
    Files.writeString(
        wrong.resolve("application.properties"), "# settings\nhandoff.worker.concurrency=-3\n");
    String plain = PlainApplication.class.getName();
    List<String> refusals =
        refusals(
            plain(),
            List.of(
                List.of(plain, "handoff.store.url=jdbc:postgresql://localhost:1/tasks"),
                List.of(TwoHandlers.class.getName()),
                List.of(plain, "spring.config.additional-location=file:./wrong/"),
                List.of(plain, "handoff.webhooks.enabled=true")));

    assertThat(refusals.get(0)).contains("org.postgresql:postgresql", "handoff.store.url");
    assertThat(refusals.get(1))
        .contains("'greetHandler'", "'politeHandler'", "'greet'", "PlainApplication")
        .doesNotContain("handoff.store.url");
    assertThat(refusals.get(2))
        .contains("handoff.worker.concurrency is 1 to 100000, was -3")
        .contains("application.properties] - 2:")
        .doesNotContain("handoff.store.url");
    assertThat(refusals.get(3))
        .contains("dev.handoff:handoff-spring-boot-starter-webhooks")
        .contains("'handoff.webhooks.enabled'");
  }

  @Test
  void whatIsWrongWithADatabaseNamesIt() throws Exception {
    String plain = PlainApplication.class.getName();
    List<String> refusals =
        refusals(
            ShopProcess.with(plain(SQLITE), "postgresql"),
            List.of(
                List.of(plain),
                List.of(plain, "spring.datasource.url=jdbc:postgresql://localhost:1/nowhere")));

    assertThat(refusals.get(0)).contains("org.xerial:sqlite-jdbc", "handoff.data-dir");
    assertThat(refusals.get(1))
        .contains("look at spring.datasource.url")
        .doesNotContain("handoff.store.url");
  }
}
