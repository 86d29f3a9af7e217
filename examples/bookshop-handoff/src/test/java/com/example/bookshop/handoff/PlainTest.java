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

  private static List<String> plain() throws Exception {
    return ShopProcess.without(ShopProcess.withHandoff(), JPA);
  }

  private static List<String> plain(String without) throws Exception {
    return ShopProcess.without(plain(), without);
  }

  private ShopProcess start(List<String> classPath, String... settings) throws Exception {
    return ShopProcess.start(folder, classPath, PlainApplication.class, settings);
  }

  private String refusal(List<String> classPath, String... settings) throws Exception {
    try (ShopProcess application = start(classPath, settings)) {
      assertThat(application.isRunning()).as(application.output()).isFalse();
      return description(application.output());
    }
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
  void aMissingDriverIsNamed() throws Exception {
    assertThat(refusal(plain(SQLITE)))
        .contains("org.xerial:sqlite-jdbc")
        .contains("handoff.data-dir");
    assertThat(refusal(plain(), "handoff.store.url=jdbc:postgresql://localhost:1/tasks"))
        .contains("org.postgresql:postgresql")
        .contains("handoff.store.url");
  }

  @Test
  void twoHandlersOfOneTypeAreNamed() throws Exception {
    try (ShopProcess application = ShopProcess.start(folder, plain(), TwoHandlers.class)) {
      assertThat(application.isRunning()).isFalse();
      assertThat(description(application.output()))
          .contains("'greetHandler'", "'politeHandler'", "'greet'", "PlainApplication")
          .doesNotContain("handoff.store.url");
    }
  }

  @Test
  void aWrongSettingIsOneSentenceWithItsValueAndLine() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("application.properties"),
            "# settings\nhandoff.worker.concurrency=-3\n");
    assertThat(refusal(plain()))
        .contains("handoff.worker.concurrency is 1 to 100000, was -3")
        .contains(file.getFileName() + "] - 2:")
        .doesNotContain("handoff.store.url");
  }

  @Test
  void anUnreachableServerIsLookedForWhereItIsSet() throws Exception {
    List<String> classPath = ShopProcess.with(plain(), "postgresql");
    String url = "jdbc:postgresql://localhost:1/nowhere";
    assertThat(refusal(classPath, "spring.datasource.url=" + url))
        .contains("look at spring.datasource.url")
        .doesNotContain("handoff.store.url");
  }
}
