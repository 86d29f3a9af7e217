package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.handoff.spring.api.ApiRoutes;
import dev.handoff.spring.api.Endpoint;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Every call of the API survives whatever it is sent: it refuses it with a problem detail, or does
/// what it is for, and never fails or tells of its inside. The calls are those the server serves.
@OnBothStores
final class HostileInputTest {
  private static final List<String> INTERNAL =
      List.of(
          "Exception",
          "java.",
          "dev.handoff",
          "org.",
          "select ",
          "insert ",
          "/tmp",
          "\tat ",
          "Jetty",
          "jackson",
          "sqlite",
          "postgres",
          "<html");
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final byte[] NOTHING = {};
  private static final byte[] HUGE =
      "{\"a\":\"x"
          .concat("x".repeat(20 << 20))
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final TestServer server = TestServer.shared();
  private final Client owner = server.as("teacher@school1.test");
  private final Client operator = server.as("admin@demo.test");
  private final List<String> failures = new ArrayList<>();
  private final ApiResources things = new ApiResources(server);
  private final Map<String, String> made = new HashMap<>();

  @AfterEach
  void forgetAll() {
    made.forEach((id, path) -> things.forget(path, id, owner));
  }

  static Stream<Endpoint> calls() {
    return TestServer.shared().bean(ApiRoutes.class).endpoints().stream();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aBodyThatIsNotWhatItShouldBe(Endpoint call) {
    String path = path(call);
    boolean takesOne = call.about().body() != null;
    for (byte[] body : HostileInput.NO_OBJECTS) {
      RawCall answer = check(call, path, JSON, body);
      if (takesOne && (answer.status() < 400)) {
        failures.add("was taken: " + shown(body));
      }
    }
    HostileInput.objects(call).forEach(body -> check(call, path, JSON, body));
    for (String type :
        List.of(
            "text/plain",
            "nonsense",
            "application/xml",
            "multipart/form-data",
            "multipart/form-data; boundary=b",
            "application/x-www-form-urlencoded",
            ";",
            "")) {
      RawCall answer =
          check(call, path, "Content-Type: " + type + "\r\n", HostileInput.text(json("{'a':1}")));
      if (takesOne && answer.status() < 400) {
        failures.add("was taken as " + type);
      }
    }
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aBodyOfTwentyMegabytes(Endpoint call) {
    var sized = BodyPublishers.ofByteArray(HUGE);
    var unsized = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(HUGE));
    // A call that takes no body does not read what does not even say how long it is.
    for (var body : call.about().body() == null ? List.of(sized) : List.of(sized, unsized)) {
      String path = path(call);
      Client caller = caller(path);
      HttpExchange answer =
          HttpExchange.of(
              caller,
              caller
                  .request(path)
                  .header("Content-Type", "application/json")
                  .method(call.method().name(), body));
      assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
      assertThat(answer.isProblem("body-too-large")).as(answer.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void parametersThatAreNotWhatTheyShouldBe(Endpoint call) {
    String path = path(call);
    byte[] body = call.method().equals(HttpMethod.GET) ? NOTHING : HostileInput.text("{}");
    HostileInput.queries(call).forEach(query -> check(call, path + "?" + query, JSON, body));
    HostileInput.headers(call).forEach(line -> check(call, path, JSON + line, body));
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void idsThatAreNone(Endpoint call) {
    // Almost any text names a gate.
    if (ApiResources.variables(call) > 0 && !call.path().contains("{name}")) {
      for (String id : HostileInput.ids()) {
        RawCall answer = check(call, ApiResources.path(call, id), JSON, HostileInput.text("{}"));
        if (answer.status() < 400) {
          failures.add("was found: " + id);
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void methodsThatItDoesNotTake(Endpoint call) {
    Set<String> taken =
        calls()
            .filter(other -> other.path().equals(call.path()))
            .map(other -> other.method().name())
            .collect(Collectors.toSet());
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")) {
      if (!taken.contains(method)) {
        RawCall answer = check(method, path(call), JSON, HostileInput.text("{}"));
        if (answer.status() != 405 || !answer.head().contains("\r\nAllow: ")) {
          failures.add(method + " " + answer.head());
        }
      }
    }
    for (String method : List.of("TRACE", "CONNECT", "PROPFIND", "FOO", "get", "G\u00cbT", "")) {
      RawCall answer = check(method, path(call), "", NOTHING);
      if (answer.status() < 400) {
        failures.add("'" + method + "' was taken");
      }
    }
    assertThat(failures).isEmpty();
  }

  // Operators' calls exist for operators only.
  private Client caller(String path) {
    return path.startsWith("/api/v1/ops/") ? operator : owner;
  }

  private RawCall check(Endpoint call, String path, String headers, byte[] body) {
    return check(call.method().name(), path, headers, body);
  }

  private RawCall check(String method, String path, String headers, byte[] body) {
    try (ServerLogs logs = new ServerLogs()) {
      RawCall answer = RawCall.send(caller(path), method + " " + path + " HTTP/1.1", headers, body);
      String sent = method + " " + cut(path) + " " + cut(headers) + shown(body);
      wrongWith(method, answer).forEach(wrong -> failures.add(wrong + " <- " + sent));
      logs.lines(Level.ERROR).forEach(line -> failures.add(line + " <- " + sent));
      return answer;
    }
  }

  private static List<String> wrongWith(String method, RawCall answer) {
    List<String> wrong = new ArrayList<>();
    if (answer.status() < 200 || answer.status() >= 500) {
      wrong.add("status " + answer.status());
    }
    if (answer.head().contains("\r\nX-Injected")) {
      wrong.add("a header of the sender's");
    }
    if (answer.status() >= 400 && !method.equals("HEAD")) {
      if (!answer.hasHeader("Content-Type", "application/problem+json")) {
        wrong.add(answer.status() + " no problem: " + cut(answer.head()) + cut(answer.body()));
      } else {
        wrong.addAll(wrongIn(answer));
      }
    }
    return wrong;
  }

  private static List<String> wrongIn(RawCall answer) {
    try {
      ObjectNode problem = (ObjectNode) JsonMapper.shared().readTree(answer.body());
      // It repeats what was asked for.
      var _ = problem.remove("instance");
      String text = problem.toString();
      List<String> wrong =
          new ArrayList<>(INTERNAL.stream().filter(text::contains).map(w -> "says " + w).toList());
      if (!problem.path("type").asString("").startsWith("urn:handoff:problem:")
          || problem.path("status").asInt() != answer.status()
          || text.length() > 5_000) {
        wrong.add("an odd problem: " + answer.status() + " " + cut(text));
      }
      return wrong;
    } catch (JacksonException | ClassCastException e) {
      return List.of("no JSON: " + cut(answer.body()));
    }
  }

  // About something that is over, so that nothing waits for it.
  private String path(Endpoint call) {
    if (ApiResources.variables(call) == 0) {
      return ApiResources.path(call, "");
    }
    String id = things.make(call.path(), owner);
    made.put(id, call.path());
    if (call.path().startsWith("/tasks/")) {
      assertThat(owner.post("/api/v1/tasks/" + id + "/cancel").status()).isEqualTo(200);
    }
    return ApiResources.path(call, id);
  }

  private static String shown(byte[] body) {
    return cut(new String(body, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static String cut(String text) {
    String line = text.replace("\r\n", " | ").replace('\0', '0');
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }
}
