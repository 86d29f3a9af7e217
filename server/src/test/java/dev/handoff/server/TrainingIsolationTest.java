package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.spring.HandoffProperties;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every call of the training videos, as the server serves it, tried by a stranger and by another
/// trainer: a new one is tried without being named here, and fails unless it keeps to itself or is
/// declared as open to everybody.
@OnBothStores
final class TrainingIsolationTest {
  /// For everybody who has the link.
  private static final Set<String> SHARED =
      Set.of(
          "/api/share/{id}",
          "/api/share/{id}/video",
          "/api/share/{id}/captions.vtt",
          "/api/share/{id}/thumbnails/{number}");

  private static final Set<String> OPEN = Set.of("/api/health");

  private static final String UNKNOWN = "0000000000000000000000000";

  private static final TestServer SERVER =
      TestServer.start(TestServer.temporaryFolder(), "handoff.demo=true");
  private static final VideoTrainer OWNER = new VideoTrainer(SERVER.as("trainer@demo.test"));
  private static final Client OTHER = SERVER.as("trainer2@demo.test");
  private static final String ID = OWNER.ready(Videos.silent());
  private static final String TOKEN = OWNER.share(ID);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  record Route(String method, String path) {
    boolean hasId() {
      return path.contains("{");
    }

    String of(String id) {
      return path.replace("{id}", id)
          .replace("{file}", id + ".mp4")
          .replace("{number}", "1")
          .replace("{token}", TOKEN);
    }
  }

  static Stream<Route> routes() {
    List<Route> routes =
        SERVER
            .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .entrySet()
            .stream()
            .filter(entry ->
                entry.getValue().getBeanType().getPackageName().endsWith(".trainingvideos.web"))
            .flatMap(entry -> routes(entry.getKey()))
            .filter(route -> !route.path().endsWith("/**"))
            .toList();
    assertThat(routes).hasSizeGreaterThan(20);
    return routes.stream();
  }

  private static Stream<Route> routes(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .flatMap(path ->
            methods.isEmpty()
                ? Stream.of(new Route("GET", path))
                : methods.stream().map(method -> new Route(method.name(), path)));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void anotherTrainerGetsTheAnswerForAnUnknownId(Route route) {
    HttpAnswer own = send(OTHER, route, ID);
    if (SHARED.contains(route.path())) {
      assertThat(own.status()).isEqualTo(200);
      return;
    }
    if (!route.hasId()) {
      // Of their own things only.
      assertThat(own.body()).doesNotContain(ID, "forklift");
      assertThat(own.status()).isLessThan(500);
      return;
    }
    HttpAnswer unknown = send(OTHER, route, UNKNOWN);
    assertThat(own.status()).as(own.toString()).isEqualTo(404);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(own.body().replace(ID, "{id}")).isEqualTo(unknown.body().replace(UNKNOWN, "{id}"));
    assertThat(own.response().headers().map().keySet())
        .isEqualTo(unknown.response().headers().map().keySet());
    assertThat(OWNER.status(ID).json().path("status").asString("")).isEqualTo("ready");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aStrangerHasToLogIn(Route route) {
    HttpAnswer answer = send(SERVER.anybody(), route, ID);

    assertThat(answer.status())
        .isEqualTo(SHARED.contains(route.path()) || OPEN.contains(route.path()) ? 200 : 401);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void noAnswerTellsOfTheServersInside(Route route) {
    String folder = SERVER.bean(HandoffProperties.class).dataDir().toString();
    for (Client client : List.of(OWNER.client(), OTHER)) {
      // What is deleted or made anew is gone for the other tests.
      if (!client.equals(OWNER.client()) || route.method().equals("GET")) {
        assertThat(send(client, route, ID).body()).doesNotContain(folder, "uploads/training");
      }
    }
  }

  /// What names a module in its body, not in its path.
  @org.junit.jupiter.api.Test
  void anIdInABodyIsCheckedAsWell() {
    for (String path : List.of("/api/ai/contextual-response", "/api/feedback/submit")) {
      String body = json("{'userMessage':'next?','action':'worked','moduleId':'%s'}", ID);
      HttpAnswer own = OTHER.post(path, body);
      assertThat(own.status()).as(path).isEqualTo(404);
      assertThat(own.body()).isEqualTo(OTHER.post(path, body.replace(ID, UNKNOWN)).body());
      assertThat(OWNER.client().post(path, body).status()).isEqualTo(200);
    }
  }

  private static HttpAnswer send(Client client, Route route, String id) {
    var request = client.request(route.of(id));
    if (route.method().equals("GET")) {
      return client.send(request.GET());
    }
    return client.send(
        request
            .header("Content-Type", "application/json")
            .method(route.method(), BodyPublishers.ofString(json("{'title':'x','steps':[]}"))));
  }
}
