package com.example.bookshop.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An ordinary application is the same with Handoff added: its beans, paths, calls, database, logs.
final class GuestTest {
  private static final String JETTY =
      "jetty|spring-boot-jetty|spring-boot-starter-jetty|jakarta.servlet-api|jakarta.websocket";
  private static final String TOMCAT = "tomcat|spring-boot-tomcat|spring-boot-starter-tomcat";
  private static final int AT_ONCE = 40;
  private static final String LARGE = "x".repeat(2 << 20);

  @TempDir private Path folder;

  private ShopProcess shop(String... settings) throws Exception {
    return ShopProcess.start(folder, ShopProcess.withHandoff(), Inventory.class, settings);
  }

  private static boolean isHandoffs(String line) {
    return line.toLowerCase(Locale.ROOT).contains("handoff")
        || line.startsWith("# bean reviewHandler ")
        || line.startsWith("# bean reviews ");
  }

  @Test
  void addsItsOwnAndChangesNothingElse() throws Exception {
    List<String> bare;
    try (ShopProcess shop = ShopProcess.start(folder, ShopProcess.bare(), Inventory.class)) {
      bare = shop.inventory();
      assertThat(bare).as(shop.output()).isNotEmpty();
    }
    try (ShopProcess shop = shop()) {
      assertThat(shop.inventory()).as(shop.output()).containsAll(bare);
      assertThat(shop.inventory().stream().filter(line -> !bare.contains(line)))
          .allMatch(GuestTest::isHandoffs);
      assertThat(shop.log())
          .noneMatch(line -> line.matches("(?i).*(\\bWARN\\b|\\bERROR\\b|fail|exception).*"))
          .filteredOn(line -> line.contains("tasks are kept in"))
          .singleElement()
          .asString()
          .contains("temporary", "in memory", "handoff.data-dir");
      itsCallsToOthersRunAtOnce(shop);
      itsPathsAreItsOwn(shop, "");
    }
  }

  private static void itsCallsToOthersRunAtOnce(ShopProcess shop) throws Exception {
    CountDownLatch all = new CountDownLatch(AT_ONCE);
    HttpServer supplier = HttpServer.create(new InetSocketAddress("localhost", 0), AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      supplier.setExecutor(threads);
      supplier.createContext("/", exchange -> answerTogether(all, exchange));
      supplier.start();
      String address = "http://localhost:" + supplier.getAddress().getPort() + "/";
      List<Future<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        calls.add(threads.submit(() -> shop.post("/stock", address)));
      }
      for (Future<HttpResponse<String>> call : calls) {
        assertThat(call.get().body()).isEqualTo("true");
      }
    } finally {
      supplier.stop(0);
    }
  }

  /// Answers whether all calls were here at once.
  private static void answerTogether(CountDownLatch all, HttpExchange exchange) throws IOException {
    all.countDown();
    boolean together = false;
    try {
      together = all.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] answer = Boolean.toString(together).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static void itsPathsAreItsOwn(ShopProcess shop, String base) throws Exception {
    for (String path :
        List.of("/tasks", "/tasks/7", "/webhooks", "/events", "/live", "/api/v1/tasks")) {
      assertThat(shop.get(base + path).body()).as(path).isEqualTo("the shop's own");
    }
    for (String path : List.of("/tasks", "/api/v1/tasks", "/handoffs", "/handoff/letters")) {
      assertThat(shop.post(base + path, LARGE).body())
          .as(path)
          .isEqualTo(Integer.toString(LARGE.length()));
    }
    assertThat(shop.get(base + "/handoff/tasks").statusCode()).isEqualTo(401);
    assertThat(shop.get(base + "/handoff/webhooks").statusCode()).isEqualTo(404);
    assertThat(shop.post(base + "/handoff/tasks", "{\"x\":\"" + LARGE + "\"}").statusCode())
        .isEqualTo(413);
  }

  @Test
  void theEmbeddedDatabaseStaysTheShopsAndTheRoutesCanBeSwitchedOff() throws Exception {
    Path data = folder.resolve("data");
    try (ShopProcess shop = shop("handoff.data-dir=" + data, "handoff.api.enabled=false")) {
      assertThat(shop.post("/books", "Emma").body()).isEqualTo("[\"Emma\"]");
      assertThat(shop.output()).contains("tasks are kept in the file " + data);
      assertThat(data.resolve("handoff.db")).exists();
      for (String path : List.of("/handoff/tasks", "/handoff/types", "/handoff/openapi.json")) {
        assertThat(shop.get(path).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(shop.inventory()).noneMatch(line -> line.startsWith("# filter handoff"));
    }
  }

  @ParameterizedTest
  @CsvSource({"tomcat, /shop, /app", "jetty, /shop, /"})
  void itsPathsAreItsOwnBelowOthersAndOnJetty(String server, String context, String servlet)
      throws Exception {
    List<String> classPath = ShopProcess.withHandoff();
    if (server.equals("jetty")) {
      classPath = ShopProcess.with(ShopProcess.without(classPath, TOMCAT), JETTY);
    }
    try (ShopProcess shop =
        ShopProcess.start(
            folder,
            classPath,
            Inventory.class,
            "server.servlet.context-path=" + context,
            "spring.mvc.servlet.path=" + servlet)) {
      itsPathsAreItsOwn(shop, context + (servlet.equals("/") ? "" : servlet));
    }
  }

  @Test
  void webhooksAreThereWhenAskedFor() throws Exception {
    List<String> more =
        ShopProcess.with(
            ShopProcess.withHandoff(),
            "spring-webhooks|handoff-spring-boot-starter-webhooks|httpc|standardwebhooks");
    try (ShopProcess shop =
        ShopProcess.start(folder, more, Inventory.class, "handoff.webhooks.enabled=true")) {
      assertThat(shop.get("/handoff/webhooks").statusCode()).isEqualTo(401);
    }
  }
}
