package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Gates;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.TaskType;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A web application that only submits, before and after a worker is there.
final class WithoutWorkerTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class).withPolicy(Policy.DEFAULTS.through("door"));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Web {
    @Bean
    TaskType<String, String> greet() {
      return GREET;
    }

    @Bean
    CurrentCaller caller() {
      return request -> Optional.of(new Caller("asha", null));
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Worker {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, task) -> Outcome.done("hello " + name));
    }
  }

  private static ConfigurableApplicationContext start(
      TestDatabase data, Class<?> application, WebApplicationType kind, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.datasource.url=" + data.url(),
                "--spring.datasource.username=" + data.username(),
                "--spring.datasource.password=" + data.password(),
                "--handoff.store.connections=5",
                "--server.port=0"));
    all.addAll(List.of(settings));
    return new SpringApplicationBuilder(application)
        .web(kind)
        .bannerMode(Banner.Mode.OFF)
        .run(all.toArray(String[]::new));
  }

  /// Calls of the API.
  private record Api(HttpClient http, String url) {
    HttpResponse<String> get(String path) throws Exception {
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }

    JsonNode submit() throws Exception {
      HttpRequest submit =
          HttpRequest.newBuilder(URI.create(url + "/tasks"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString("{\"type\":\"greet\",\"request\":\"Asha\"}"))
              .build();
      return json(http.send(submit, HttpResponse.BodyHandlers.ofString()));
    }

    static JsonNode json(HttpResponse<String> answer) {
      return JsonMapper.shared().readTree(answer.body());
    }
  }

  private static void saysThatItWaitsForAGate(Api api, Gates gates) throws Exception {
    gates.close("door", Instant.now().plusSeconds(1000), "shut by the operator");
    JsonNode submitted = api.submit();
    String task = "/tasks/" + submitted.path("id").asString("");
    // A node that has just started counts for the others once they look again.
    HttpResponse<String> closed =
        await()
            .atMost(PATIENCE)
            .until(
                () -> api.get(task),
                answer ->
                    Api.json(answer).path("waiting").path("reason").asString("").equals("gate"));
    JsonNode waiting = Api.json(closed).path("waiting");
    assertThat(waiting.path("gate").asString("")).isEqualTo("door");
    assertThat(waiting.path("until").asString("")).isNotEmpty();
    assertThat(closed.body()).doesNotContain("shut by the operator");

    gates.close("door", Instant.now().plusSeconds(2000), "longer");
    assertThat(api.get(task).headers().firstValue("etag"))
        .isNotEqualTo(closed.headers().firstValue("etag"));

    assertThat(gates.open("door")).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> Api.json(api.get(task)).path("state").asString("").equals("completed"));
  }

  @Test
  void aTaskSaysThatItWaitsForAWorker() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try (ConfigurableApplicationContext web =
            start(
                data,
                Web.class,
                WebApplicationType.SERVLET,
                "--handoff.role=api",
                "--handoff.api.open-types=*");
        HttpClient http = HttpClient.newHttpClient()) {
      String path = web.getBean(HandoffProperties.class).api().path();
      String port = web.getEnvironment().getRequiredProperty("local.server.port");
      Api api = new Api(http, "http://localhost:" + port + path);

      JsonNode submitted = api.submit();
      assertThat(submitted.path("waiting").path("reason").asString("")).isEqualTo("no-worker");
      String task = "/tasks/" + submitted.path("id").asString("");
      HttpResponse<String> waits = api.get(task);
      assertThat(Api.json(waits).path("waiting").path("reason").asString(""))
          .isEqualTo("no-worker");
      MeterRegistry meters = web.getBean(MeterRegistry.class);
      web.getBeanProvider(MeterBinder.class).forEach(binder -> binder.bindTo(meters));
      assertThat(meters.get("handoff.tasks.unhandled").gauge().value()).isEqualTo(1);

      try (ConfigurableApplicationContext worker =
          start(data, Worker.class, WebApplicationType.NONE, "--handoff.role=worker")) {
        assertThat(worker.isActive()).isTrue();
        await()
            .atMost(PATIENCE)
            .until(() -> Api.json(api.get(task)).path("state").asString("").equals("completed"));
        HttpResponse<String> ended = api.get(task);
        assertThat(Api.json(ended).path("waiting").isNull()).isTrue();
        assertThat(ended.headers().firstValue("etag"))
            .isNotEqualTo(waits.headers().firstValue("etag"));
        saysThatItWaitsForAGate(api, web.getBean(Handoff.class).gates());
      }
    }
    data.drop();
  }
}
