package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent is answered clearly, tells nothing of the inside and does not fill the log.
@OnBothStores
final class BadInputTest {
  private static final String JSON = "application/json";
  private static final List<String> INTERNAL =
      List.of("Exception", "java.", "dev.handoff", "org.", "select ", "/work", "/tmp", "\tat ");

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");

  record Case(String method, String path, String type, String body, int status, String says) {
    @Override
    public String toString() {
      String shown = body.length() > 60 ? body.substring(0, 60) + "…" : body;
      return method + " " + path + " " + type + " " + shown.replace('\0', '0');
    }
  }

  private static Case message(String body, int status, String says) {
    return new Case("POST", "/ai/chat/message/", JSON, body, status, says);
  }

  private static Case question(String body, int status, String says) {
    return new Case("POST", "/ai/generate-question/", JSON, body, status, says);
  }

  private static Case other(String method, String path, int status, String says) {
    return new Case(method, path, JSON, "", status, says);
  }

  static Stream<Case> cases() {
    String invalid = "Invalid request format";
    String empty = "Message cannot be empty";
    String mb10 = "{\"message\":\"" + "x".repeat(10 << 20) + "\"}";
    String deep = "{\"message\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    String unknownCall = "urn:handoff:problem:no-such-endpoint";
    String taskCall = "/api/v1/tasks/01980f3e-7b1a-7c3d-8e4f-0123456789ab";
    return Stream.of(
        message(json("{'message':'   '}"), 400, empty),
        message("{}", 400, empty),
        message(json("{'message':null}"), 400, empty),
        message("not json", 400, invalid),
        message("", 400, invalid),
        message("[]", 400, invalid),
        message("\"text\"", 400, invalid),
        message("null", 400, invalid),
        message(json("{'message':'a'} trailing"), 400, invalid),
        message(json("{'message':'a','message':'b'}"), 400, invalid),
        message(json("{'message':7}"), 400, invalid),
        message(json("{'message':{'a':1}}"), 400, invalid),
        message(json("{'message':'a','images':'x'}"), 400, invalid),
        message(json("{'message':'a','images':[1]}"), 400, invalid),
        message(json("{'message':'a','images':[null]}"), 400, invalid),
        message(json("{'message':'a','history':{}}"), 400, invalid),
        message(json("{'message':'a','history':['x']}"), 400, invalid),
        message(json("{'message':'a','history':[{'role':'system','content':'x'}]}"), 400, invalid),
        message(json("{'message':'a','context':[]}"), 400, invalid),
        message(deep, 400, invalid),
        message("{\"message\":\"" + "x".repeat(4001) + "\"}", 400, "too long. Maximum 4000"),
        message(mb10, 413, "too large"),
        message(json("{'message':'\\ud800'"), 400, invalid),
        message(json("{'message':'nul \\u0000 and a lone \\ud800'}"), 200, "processing"),
        message(json("{'message':'unknown fields','colour':'red'}"), 200, "processing"),
        new Case("POST", "/ai/chat/message/", "text/plain", json("{'message':'a'}"), 415, "json"),
        new Case(
            "POST",
            "/ai/chat/message/",
            "application/x-www-form-urlencoded",
            "message=a",
            415,
            "json"),
        new Case("POST", "/ai/chat/message/", "nonsense", "{}", 415, "json"),
        question(json("{'topic':''}"), 400, "Topic is required"),
        question("{}", 400, "Topic is required"),
        question(json("{'topic':[]}"), 400, invalid),
        question(json("{'topic':'a','difficulty':'brutal'}"), 400, "easy, medium, or hard"),
        question(json("{'topic':'a','difficulty':1}"), 400, invalid),
        question("{\"topic\":\"" + "x".repeat(501) + "\"}", 400, "too long"),
        new Case("POST", "/api/auth/login/", JSON, "[", 400, invalid),
        new Case("POST", "/api/auth/login/", JSON, json("{'username':1}"), 400, invalid),
        new Case("POST", "/api/auth/login/", JSON, "{}", 400, "required"),
        new Case("POST", "/api/auth/login/", "text/plain", "{}", 415, "json"),
        new Case("POST", "/api/auth/login/", JSON, mb10, 413, "too large"),
        new Case("POST", "/api/auth/refresh/", JSON, json("{'refresh':[]}"), 400, invalid),
        new Case("POST", "/ai/upload-image/", "multipart/form-data", "x", 400, ""),
        new Case("POST", "/ai/upload-image/", "multipart/form-data; boundary=b", "x", 400, ""),
        other("GET", "/ai/chat/message/", 405, "Method not allowed"),
        other("DELETE", "/ai/task/x/", 405, "Method not allowed"),
        other("GET", "/ai/nothing/", 404, "Not found"),
        other("POST", "/ai/chat/", 405, "Method not allowed"),
        other("GET", "/api/nothing", 404, "Route not found"),
        other("PUT", "/api/v1/tasks", 405, "urn:handoff:problem:method-not-allowed"),
        other("GET", "/api/v1", 404, unknownCall),
        other("GET", "/api/v1/nothing", 404, json("'instance':'/api/v1/nothing'")),
        other("GET", "/api/v1/tasks/a/b/c", 404, unknownCall),
        other("DELETE", taskCall, 405, "urn:handoff:problem:method-not-allowed"),
        other("POST", taskCall + "/events", 405, "urn:handoff:problem:method-not-allowed"),
        other("GET", taskCall + "/cancel", 405, "urn:handoff:problem:method-not-allowed"),
        other("GET", taskCall, 404, "urn:handoff:problem:task-not-found"),
        other("GET", taskCall + "/events", 404, "urn:handoff:problem:task-not-found"),
        other("POST", taskCall + "/cancel", 404, "urn:handoff:problem:task-not-found"),
        other("GET", taskCall + "/events?after=x", 400, "urn:handoff:problem:invalid-request"),
        other("GET", taskCall + "/events?after=-1", 400, "urn:handoff:problem:invalid-request"),
        new Case(
            "POST", taskCall + "/cancel", JSON, mb10, 413, "urn:handoff:problem:body-too-large"),
        other("GET", "/api/v1/tasks/%00", 400, ""),
        other("GET", "/api/v1/tasks/" + "x".repeat(4000), 404, "task-not-found"),
        other("GET", "/ai/task/" + "x".repeat(20_000) + "/", 414, ""),
        other("TRACE", "/ai/chat/config/", 400, ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredClearly(Case sent) {
    try (ServerLogs logs = new ServerLogs()) {
      HttpAnswer answer =
          asha.call(
              sent.method(),
              sent.path(),
              sent.type(),
              sent.body().getBytes(StandardCharsets.UTF_8));

      assertThat(answer.status()).as(answer.toString()).isEqualTo(sent.status());
      assertThat(answer.body()).contains(sent.says());
      for (String inside : INTERNAL) {
        assertThat(answer.body()).doesNotContain(inside);
      }
      // Jetty 12.1 sometimes warns, after the answer was written, that there is nothing left to
      // answer: its own race, and nothing that a caller did.
      assertThat(logs.lines(Level.WARN))
          .filteredOn(line -> !line.startsWith("org.eclipse.jetty.server.Response: writeError"))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void anAddressThatIsTooLongEndsTheConnectionAndSaysSo() {
    HttpAnswer answer = asha.get("/ai/task/" + "x".repeat(20_000) + "/");

    assertThat(answer.status()).isEqualTo(414);
    assertThat(answer.header("Connection")).isEqualTo("close");
  }

  @Test
  void aBodyThatDoesNotSayItsLengthIsBoundedToo() {
    String endless = "{\"message\":\"" + "x".repeat(3 << 20) + "\"}";

    HttpAnswer answer =
        asha.send(
            asha.request("/ai/chat/message/")
                .header("Content-Type", JSON)
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(endless.getBytes(StandardCharsets.UTF_8)))));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text("error")).isEqualTo("The request is too large.");
  }

  @Test
  void everyAnswerHasAnIdThatIsInItsLogLines() {
    HttpAnswer problem = asha.with("X-Request-Id", "mine").get("/api/v1/tasks/x");
    HttpAnswer another = asha.get("/api/v1/tasks/x");
    HttpAnswer refused = server.anybody().get("/api/v1/tasks");
    HttpAnswer ofSystem = server.anybody().get("/ai/chat/config/");
    HttpAnswer brokenOff = asha.get("/api/v1/tasks/" + "x".repeat(20_000));

    for (HttpAnswer answer : List.of(problem, another, refused, brokenOff)) {
      assertThat(answer.header("x-request-id")).as(answer.toString()).matches("[0-9a-f]{16}");
      assertThat(answer.text("requestId")).isEqualTo(answer.header("x-request-id"));
    }
    assertThat(ofSystem.header("x-request-id")).matches("[0-9a-f]{16}");
    assertThat(another.text("requestId")).isNotEqualTo(problem.text("requestId"));
    assertThat(ServerLogs.asPrinted(Map.of("req", "4711"))).contains(" [req=4711] ");
    assertThat(ServerLogs.asPrinted(Map.of())).doesNotContain("req");
  }
}
