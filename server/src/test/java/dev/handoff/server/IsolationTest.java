package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.spring.api.ApiRoutes;
import dev.handoff.spring.api.Endpoint;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every call of the API is tried in every way in which somebody may come. The calls are those the
/// server serves, so a new one is tried without being named here.
@OnBothStores
final class IsolationTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final AccessPath.Callers CALLERS = new AccessPath.Callers(SERVER);
  private static final ApiResources THINGS = new ApiResources(SERVER);
  private static final String UNKNOWN = "01980f3e-7b1a-7c3d-8e4f-0123456789ab";

  record Try(Endpoint call, AccessPath way) {
    @Override
    public String toString() {
      return call.method() + " " + call.path() + " " + way;
    }
  }

  static Stream<Try> tries() {
    List<Endpoint> calls = SERVER.bean(ApiRoutes.class).endpoints();
    assertThat(calls).hasSizeGreaterThan(5);
    return calls.stream()
        .flatMap(call -> Arrays.stream(AccessPath.values()).map(way -> new Try(call, way)));
  }

  @ParameterizedTest
  @MethodSource("tries")
  void aCallEndsAsItsCallerDeserves(Try tried) {
    Endpoint call = tried.call();
    Client owner = CALLERS.owner();
    String thing = ApiResources.variables(call) > 0 ? THINGS.make(call.path(), owner) : "";
    Client client = CALLERS.client(tried.way(), call, thing);
    String before = state(call, thing);

    HttpExchange answer = send(client, call, ApiResources.path(call, thing));

    try {
      switch (tried.way().endOf(call)) {
        case REACHES -> {
          assertThat(answer.status()).as(answer.toString()).isNotIn(401, 403).isLessThan(500);
          if (ApiResources.variables(call) == 1) {
            assertThat(answer.status()).as(answer.toString()).isNotEqualTo(404);
          }
        }
        case NOT_FOUND -> {
          assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
          assertLooksUnknown(answer, client, call, thing);
        }
        case UNKNOWN_CALLER -> {
          assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
          assertThat(answer.isProblem("not-authenticated")).as(answer.toString()).isTrue();
        }
        case NOT_PERMITTED -> {
          assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
          assertThat(answer.isProblem("not-permitted")).as(answer.toString()).isTrue();
          assertLooksUnknown(answer, client, call, thing);
        }
        case NOT_PROVEN -> {
          assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
          assertThat(answer.isProblem("csrf")).as(answer.toString()).isTrue();
        }
      }
      if (tried.way().endOf(call) != AccessPath.CallEnd.REACHES) {
        assertThat(state(call, thing)).isEqualTo(before);
      }
    } finally {
      if (!thing.isEmpty()) {
        THINGS.forget(call.path(), thing, owner);
      }
    }
  }

  /// Calls without an id tell everybody of their own things only.
  @ParameterizedTest
  @MethodSource("lists")
  void listsTellNobodyOfTheThingsOfOthers(Endpoint call) {
    List<String> others = new ArrayList<>();
    others.add(THINGS.make("/tasks", CALLERS.owner()));
    others.add(CALLERS.owner().get("/api/auth/me/").text("id"));
    for (Client other : List.of(CALLERS.neighbour(), SERVER.as("556@school2.test"))) {
      String own = THINGS.make("/tasks", other);
      String heard =
          streams(call)
              ? heard(other, call, own)
              : send(other, call, "/api/v1" + call.path()).body();
      assertThat(heard).doesNotContain(others);
    }
  }

  static Stream<Endpoint> lists() {
    return SERVER.bean(ApiRoutes.class).endpoints().stream()
        .filter(call -> call.method().name().equals("GET") && ApiResources.variables(call) == 0);
  }

  // What a caller hears on a channel of its own, up to the news of its own task. A channel that is
  // neither an answer nor a stream of HTTP is heard here too.
  private static String heard(Client client, Endpoint call, String own) {
    try (Listener listener = new Listener(client, call.path())) {
      return listener.hear(own);
    }
  }

  private static boolean streams(Endpoint call) {
    return call.about().answers().stream()
        .anyMatch(answer -> answer.mediaType().startsWith("text/event-stream"));
  }

  private static void assertLooksUnknown(
      HttpExchange answer, Client client, Endpoint call, String thing) {
    if (thing.isEmpty()) {
      return;
    }
    HttpExchange unknown = send(client, call, ApiResources.path(call, UNKNOWN));
    assertThat(answer.status()).isEqualTo(unknown.status());
    assertThat(answer.contentType()).isEqualTo(unknown.contentType());
    assertThat(withoutItsOwn(answer, ApiResources.path(call, thing)))
        .isEqualTo(withoutItsOwn(unknown, ApiResources.path(call, UNKNOWN)));
    assertThat(answer.response().headers().map().keySet())
        .isEqualTo(unknown.response().headers().map().keySet());
  }

  // Every request has another path and another id.
  private static String withoutItsOwn(HttpExchange exchange, String path) {
    return exchange
        .body()
        .replace(path, "{path}")
        .replaceAll("\"requestId\":\"[0-9a-f]+\"", "\"requestId\":\"{id}\"");
  }

  // As its owner sees it.
  private static String state(Endpoint call, String thing) {
    return call.path().startsWith("/tasks/{id}")
        ? CALLERS.owner().get("/api/v1/tasks/" + thing).body()
        : "";
  }

  private static HttpExchange send(Client client, Endpoint call, String path) {
    var request = client.request(path);
    if (call.method().name().equals("GET")) {
      return HttpExchange.of(client, request.GET());
    }
    return HttpExchange.of(
        client,
        request
            .header("Content-Type", "application/json")
            .method(call.method().name(), BodyPublishers.ofString("{}")));
  }
}
