package dev.handoff.spring.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tasks whose request is one of several types, over HTTP.
final class SealedRequestsTest {
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  sealed interface Mailing {}

  record Packet(String street, int pages) implements Mailing {}

  record Parcel(double weight) implements Mailing {}

  record Bundle(List<Mailing> inside) implements Mailing {}

  record Shipment(String to, Mailing message) {}

  /// Its subtypes are named by a mix-in of the application.
  interface Beacon {}

  record Flag(String colour) implements Beacon {}

  record Horn(int times) implements Beacon {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Flag.class, name = "flag"),
    @JsonSubTypes.Type(value = Horn.class, name = "horn")
  })
  interface SignalMixIn {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class MailingsApp {
    @Bean
    CurrentCaller caller() {
      return request -> Optional.of(new Caller("asha", null));
    }

    @Bean
    JsonMapperBuilderCustomizer signals() {
      return builder -> builder.addMixIn(Beacon.class, SignalMixIn.class);
    }

    @Bean
    HandledType<Mailing, String> send() {
      return TaskType.of("send", Mailing.class, String.class)
          .answeredBy((message, task) -> message.getClass().getSimpleName());
    }

    @Bean
    HandledType<Shipment, Mailing> deliver() {
      return TaskType.of("deliver", Shipment.class, Mailing.class)
          .answeredBy((delivery, task) -> delivery.message());
    }

    @Bean
    HandledType<Beacon, String> signal() {
      return TaskType.of("signal", Beacon.class, String.class)
          .answeredBy((signal, task) -> signal.getClass().getSimpleName());
    }
  }

  @TempDir private static Path folder;
  private static ConfigurableApplicationContext context;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    context =
        new SpringApplicationBuilder(MailingsApp.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .run(
                "--server.port=0",
                "--handoff.api.path=/handoff",
                "--handoff.api.open-types=*",
                "--handoff.data-dir=" + folder);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private HttpResponse<String> call(HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    String port = context.getEnvironment().getProperty("local.server.port");
    return http.send(
        request
            .uri(URI.create("http://localhost:" + port + "/handoff" + path))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=30")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> submit(String type, String request)
      throws IOException, InterruptedException {
    String body = "{\"type\":\"" + type + "\",\"request\":" + request.replace('\'', '"') + "}";
    return call(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), "/tasks");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void theSchemaHasEachSubtype() throws Exception {
    JsonNode types = json(call(HttpRequest.newBuilder().GET(), "/types")).path("types");

    for (JsonNode type : types) {
      String request = type.path("request").toString();
      switch (type.path("name").asString()) {
        case "send", "deliver" ->
            assertThat(request)
                .contains("\"anyOf\"", "\"const\":\"Packet\"", "\"const\":\"Parcel\"", "\"pages\"");
        case "signal" -> assertThat(request).contains("\"const\":\"flag\"", "\"times\"");
        default -> throw new AssertionError(type.toString());
      }
    }
    assertThat(types).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "send; {'kind':'Packet','street':'Elm','pages':2}; \"Packet\"",
        "send; {'kind':'Parcel','weight':1.5}; \"Parcel\"",
        "send; {'kind':'Bundle','inside':[{'kind':'Parcel','weight':1}]}; \"Bundle\"",
        "deliver; {'to':'Ben','message':{'kind':'Parcel','weight':2.5}}; {\"kind\":\"Parcel\",\"weight\":2.5}",
        "signal; {'by':'flag','colour':'red'}; \"Flag\"",
        "signal; {'by':'horn','times':3}; \"Horn\"",
      })
  void eachSubtypeCanBeSent(String type, String request, String result) throws Exception {
    HttpResponse<String> answer = submit(type, request);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("result").toString()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "send; {'kind':'Pigeon','street':'Elm'}; /request/kind; must be one of 'Packet', 'Parcel', 'Bundle'",
        "send; {'street':'Elm','pages':2}; /request; required property 'kind' not found",
        "send; {'kind':'Packet','street':'Elm','pages':'two'}; /request/pages; string found, integer expected",
        "send; {'kind':'Bundle','inside':[{'kind':'Crow'}]}; /request/inside/0/kind; must be one of 'Packet', 'Parcel', 'Bundle'",
        "deliver; {'to':'Ben','message':{'kind':'Crow'}}; /request/message/kind; must be one of 'Packet', 'Parcel', 'Bundle'",
        "signal; {'by':'smoke'}; /request/by; must be one of 'flag', 'horn'",
      })
  void aWrongSubtypeIsAnsweredWithOneSentence(
      String type, String request, String pointer, String message) throws Exception {
    HttpResponse<String> answer = submit(type, request);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    JsonNode errors = json(answer).path("errors");
    assertThat(errors).as(errors.toString()).hasSize(1);
    assertThat(errors.path(0).path("pointer").asString()).isEqualTo(pointer);
    assertThat(errors.path(0).path("message").asString()).isEqualTo(message);
  }
}
