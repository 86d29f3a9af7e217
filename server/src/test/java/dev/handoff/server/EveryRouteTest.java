package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.handoff.spring.api.ApiRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every route of the server, functional or annotated, answers what cannot be read with a 4xx.
/// Neither that nor a caller who goes away leaves a stack trace or an ERROR in the log.
final class EveryRouteTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final Set<String> WITH_A_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

  private static final List<String> NO_TYPES =
      List.of(
          "*/*",
          "*",
          "text/*",
          "application/*",
          "application/*+json",
          "*/*; charset=utf-8",
          "*/json",
          "json",
          "nonsense",
          ";",
          "/",
          "application/",
          "/json",
          "application/json/",
          "application/json; charset=no such charset",
          "application/json; charset=*",
          "application/json, text/plain",
          "multipart/*; boundary=b",
          "application json",
          "\u00e9/\u00e9");

  private static final Set<String> OPEN_TO_ALL =
      Set.of(
          "/api/health",
          "/api/share/1",
          "/api/share/1/video",
          "/api/share/1/captions.vtt",
          "/api/share/1/thumbnails/1",
          "/docs/where.json",
          "/error");

  private static TestServer server;

  private final List<String> failures = new ArrayList<>();
  private final ServerLogs logs = new ServerLogs();

  @BeforeAll
  static void start() {
    // Nobody looks into the videos that these tests upload.
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.ffmpeg.path=/nowhere/ffmpeg");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLoggedAsOurFault() {
    logs.close();
    assertThat(failures).isEmpty();
    assertThat(logs.lines(Level.ERROR)).isEmpty();
    assertThat(logs.traces()).isEmpty();
  }

  record Route(String method, String path) {}

  /// As the server itself knows them.
  private static List<Route> routes() {
    Stream<Route> functional =
        server.bean(ApiRoutes.class).endpoints().stream()
            .map(call -> new Route(call.method().name(), "/api/v1" + call.path()));
    Stream<Route> annotated =
        server
            .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .keySet()
            .stream()
            .flatMap(mapping ->
                mapping.getPatternValues().stream()
                    .flatMap(pattern ->
                        mapping.getMethodsCondition().getMethods().stream()
                            .map(method -> new Route(method.name(), pattern))));
    List<Route> all =
        Stream.concat(functional, annotated)
            .map(route -> new Route(route.method(), filled(route.path())))
            .distinct()
            .toList();
    assertThat(all).hasSizeGreaterThan(80).contains(new Route("POST", "/api/upload"));
    return all;
  }

  private static String filled(String path) {
    return path.replace("/**", "/nothing").replaceAll("\\{[^}]+}", "1");
  }

  private static Client caller(Route route) {
    if (route.path().startsWith("/api/auth")) {
      return server.anybody();
    }
    return server.as(
        route.path().contains("summar") || route.path().contains("evaluat")
            ? "teacher@school1.test"
            : "trainer@demo.test");
  }

  @Test
  void aTypeThatIsNoneIsRefused() {
    for (Route route : routes()) {
      boolean hasBody = WITH_A_BODY.contains(route.method());
      for (String type : hasBody ? NO_TYPES : NO_TYPES.subList(0, 4)) {
        RawCall answer = send(route, route.path(), "Content-Type: " + type + "\r\n", text("{}"));
        if (hasBody && !Set.of(400, 415).contains(answer.status())) {
          failures.add(answer.status() + " " + answer.body() + " <- " + route + " " + type);
        }
      }
    }
  }

  @Test
  void typesThatAreWrittenCarelesslyAreTaken() {
    Route login = new Route("POST", "/api/auth/login");
    for (String type :
        List.of(
            "application/json",
            "APPLICATION/JSON;charset=UTF-8",
            "application/json;",
            "application/json; charset=\"utf-8\"",
            "application/problem+json")) {
      RawCall answer =
          send(login, login.path(), "Content-Type: " + type + "\r\n", text(json("{'username':1}")));
      assertThat(answer.status()).as(type + " " + answer.body()).isEqualTo(400);
    }
    Route upload = new Route("POST", "/api/upload");
    byte[] form = HostileForms.named("a.mp4");
    String odd = new String(form, StandardCharsets.ISO_8859_1).replace("b0undary", "==b:/0==");
    RawCall answer =
        send(
            upload,
            upload.path(),
            "Content-Type: multipart/form-data; boundary===b:/0==\r\n",
            odd.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void parametersThatCannotBeDecodedAreRefused() {
    for (Route route : routes()) {
      for (String query : List.of("a=%zz", "%", "%ff=%ff&=&", "a=%00", "state=%c3%28")) {
        var _ = send(route, route.path() + "?" + query, JSON, text("{}"));
        var _ =
            send(
                route,
                route.path(),
                "Content-Type: application/x-www-form-urlencoded\r\n",
                text(query));
      }
    }
  }

  @Test
  void aFormThatIsNoneIsRefused() {
    for (Route route : routes()) {
      if (WITH_A_BODY.contains(route.method())) {
        List<byte[]> forms = HostileForms.all();
        boolean takesForms = route.path().contains("upload");
        for (byte[] form : takesForms ? forms : forms.subList(0, 3)) {
          var _ = send(route, route.path(), HostileForms.TYPE, form);
        }
      }
    }
  }

  @Test
  void callersWhoGoAwayAreNoFault() throws IOException {
    for (Route route : routes()) {
      for (String type : List.of(JSON, HostileForms.TYPE)) {
        String head = head(route, type) + "Content-Length: 5000\r\n\r\n{\"a\": \"half";
        goneAfter(head);
        goneAfter(head(route, type) + "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"a\":");
        goneAfter(head(route, type) + "Content-Length: 2\r\n\r\n{}");
        brokenOff(route, head);
        brokenOff(route, head(route, type) + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}");
      }
      String form = head(route, HostileForms.TYPE) + "Content-Length: 90000\r\n\r\n";
      goneAfter(form + new String(HostileForms.named("a.mp4"), StandardCharsets.ISO_8859_1));
    }
    // Whatever was still running has ended when the last connection is closed.
    assertThat(send(new Route("GET", "/api/health"), "/api/health", "", text("")).status())
        .isEqualTo(200);
  }

  @Test
  void aDownloadThatIsBrokenOffIsNoFault() throws IOException {
    VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
    String id =
        VideoTrainer.accepted(
            trainer.upload(VideoTrainer.FormPart.video("a.mp4"), Videos.unreadable(40 << 20)));
    Route download = new Route("GET", "/uploads/" + id + ".mp4");
    for (String range : List.of("", "Range: bytes=100-\r\n", "Range: bytes=0-99,1000-\r\n")) {
      RawCall.resetWhileAnswered(server.baseUrl(), head(download, range) + "\r\n");
      assertThat(send(download, download.path(), "Range: bytes=0-9\r\n", text("")).status())
          .isEqualTo(206);
    }
    assertThat(trainer.delete(id).status()).isEqualTo(200);
  }

  // The client's half of the connection ends in the middle of the body; it still reads the answer.
  private void brokenOff(Route route, String request) throws IOException {
    RawCall answer = RawCall.halfClosed(server.baseUrl(), request);
    // Calls that read no body answer as always, others with a 4xx or not at all.
    if (answer.status() >= 500) {
      failures.add(answer.status() + " " + answer.body() + " <- broken off " + route);
    }
  }

  private static void goneAfter(String request) throws IOException {
    RawCall.reset(server.baseUrl(), request);
  }

  private static String head(Route route, String headers) {
    Client caller = caller(route);
    String login =
        caller.headers().isEmpty()
            ? ""
            : caller.headers().getFirst() + ": " + caller.headers().getLast() + "\r\n";
    return route.method() + " " + route.path() + " HTTP/1.1\r\nHost: x\r\n" + login + headers;
  }

  private RawCall send(Route route, String path, String headers, byte[] body) {
    RawCall answer =
        RawCall.send(caller(route), route.method() + " " + path + " HTTP/1.1", headers, body);
    if (answer.status() < 200 || answer.status() >= 500) {
      failures.add(
          answer.status() + " " + answer.body() + " <- " + route + " " + path + " " + headers);
    }
    return answer;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void nobodyComesInWithALoginThatHasEnded() {
    Set<String> open =
        Set.of(
            "/api/auth/login",
            "/api/auth/refresh",
            "/api/auth/logout",
            "/api/auth/setup",
            "/api/auth/demo-accounts");
    Map<AccessPath, Client> endings =
        EndedLogin.inEachWay(
            server,
            AccessPath.LOGGED_OUT,
            AccessPath.DEACTIVATED,
            AccessPath.MOVED_TO_ANOTHER_TENANT);
    for (AccessPath how : endings.keySet()) {
      Client ended = endings.get(how);
      // Team evaluation answers 403 about another school.
      Set<Integer> refusals =
          how == AccessPath.MOVED_TO_ANOTHER_TENANT ? Set.of(401, 302, 403) : Set.of(401, 302);
      for (Route route : routes()) {
        RawCall answer =
            RawCall.send(
                ended, route.method() + " " + route.path() + " HTTP/1.1", JSON, text("{}"));
        boolean isOpen = open.contains(route.path()) || OPEN_TO_ALL.contains(route.path());
        boolean hidden = route.path().startsWith("/api/v1/ops/") && answer.status() == 404;
        if (!isOpen && !hidden && !refusals.contains(answer.status())) {
          failures.add(answer.status() + " <- " + how + " " + route);
        }
      }
    }
  }

  @Test
  void aCallThatIsNotThereIsAnsweredInTheFormOfItsSystem() {
    Client trainer = server.as("trainer@demo.test");
    for (String path :
        List.of(
            "/api/no-such-route",
            "/api/upload/no/such",
            "/api",
            "/api/modulesx",
            "/api/zone",
            "/uploads")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        HttpAnswer answer = trainer.call(method, path, "application/json", text("{}"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.body())
            .isEqualTo(json("{'error':'Route not found','path':'%s','method':'%s'}", path, method));
      }
    }
    assertThat(trainer.get("/api/zone-insights/no/such").body())
        .isEqualTo(json("{'status':'error','message':'Not found'}"));
    assertThat(trainer.get("/api/topics/no/such").body())
        .startsWith(json("{'error':{'code':'NOT_FOUND'"));
    assertThat(trainer.get("/feedback-summaries/no/such").body())
        .isEqualTo(json("{'detail':'Not found'}"));
    assertThat(trainer.get("/ai/no/such").body())
        .isEqualTo(json("{'success':false,'error':'Not found'}"));
    assertThat(trainer.get("/api/v1/no-such-route").body()).contains("urn:handoff:problem:");
  }
}
