package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Handing off a task over HTTP.
@OnBothStores
final class SubmitTest {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "urn:handoff:problem:";

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");

  @Test
  void tellsTheOpenTypesAndTheirSchemas() throws IOException {
    Path golden = Path.of(System.getProperty("handoff.root"), "contract", "golden", "types.json");

    HttpAnswer types = asha.get("/api/v1/types");

    assertThat(types.status()).isEqualTo(200);
    assertThat(types.json()).isEqualTo(JsonMapper.shared().readTree(Files.readString(golden)));
    assertThat(server.anybody().get("/api/v1/types").status()).isEqualTo(401);
  }

  @Test
  void takesATaskAndTellsWhereItIs() {
    TestServer.model().enqueue(ModelScript.streamed(Gate.open(), "one ", "two"));

    HttpAnswer taken =
        asha.post(
            TextTasks.TASKS,
            """
            {"type":"text","request":{"input":"Count.","instructions":"Be brief."},
             "priority":"high","subject":"lesson-7"}
            """);

    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.header("location")).isEqualTo(TextTasks.TASKS + "/" + taken.text("id"));
    assertThat(taken.header("cache-control")).isEqualTo("no-store");
    assertThat(taken.header("etag")).matches("\"[0-9]+\"");
    assertThat(taken.header("ratelimit-policy")).isEqualTo("\"submits\";q=600;w=60");
    assertThat(taken.header("ratelimit")).matches("\"submits\";r=[0-9]+;t=[0-9]+");
    assertThat(taken.text("priority")).isEqualTo("high");
    assertThat(taken.text("subject")).isEqualTo("lesson-7");
    HttpAnswer done = TextTasks.await(asha, taken.text("id"), "completed");
    assertThat(done.json().path("result").toString())
        .isEqualTo(json("{'text':'one two','generated_by_ai':true}"));
    assertThat(TestServer.model().requests().getLast().body().toString())
        .contains("Count.", "Be brief.");
    String chunks = asha.get(taken.header("location") + "/events").body();
    assertThat(chunks).contains(json("'text':'one '"), json("'text':'two'"));
  }

  @Test
  void startsWhenItIsSaid() {
    String task = TextTasks.submit(asha, TextTasks.later(""));

    JsonNode seen = asha.get(TextTasks.TASKS + "/" + task).json();

    assertThat(seen.path("state").asString()).isEqualTo("queued");
    assertThat(asha.post(TextTasks.TASKS + "/" + task + "/cancel").text("state"))
        .isEqualTo("cancelled");
  }

  @Test
  void waitsForTheEndWhereThatIsPreferred() {
    HttpAnswer ended = asha.with("Prefer", "wait=30").post(TextTasks.TASKS, TextTasks.body());
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.header("preference-applied")).isEqualTo("wait=30");
    assertThat(ended.text("state")).isEqualTo("completed");

    Gate gate = Gate.closed();
    TestServer.model().enqueue(ModelScript.hang(gate));
    HttpAnswer tooSlow =
        asha.with("Prefer", "respond-async, wait=1").post(TextTasks.TASKS, TextTasks.body());
    assertThat(tooSlow.status()).isEqualTo(202);
    assertThat(tooSlow.header("preference-applied")).isEqualTo("wait=1");
    assertThat(asha.post(TextTasks.TASKS + "/" + tooSlow.text("id") + "/cancel").status())
        .isEqualTo(200);
    gate.openForAll();

    HttpAnswer unclear = asha.with("Prefer", "wait=soon").post(TextTasks.TASKS, TextTasks.body());
    assertThat(unclear.status()).isEqualTo(202);
    assertThat(unclear.header("preference-applied")).isEmpty();
  }

  @Test
  void anUnknownOrClosedTypeIsAnsweredWithTheOpenOnes() {
    for (String type : List.of("sat-buddy.chat", "nothing", "", "x".repeat(10_000))) {
      HttpAnswer refused = asha.post(TextTasks.TASKS, json("{'type':'%s','request':{}}", type));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text("type")).isEqualTo(PROBLEM + "unknown-task-type");
      assertThat(refused.json().path("types").toString()).isEqualTo(json("['text']"));
    }
  }

  record Wrong(String body, String pointer) {
    @Override
    public String toString() {
      return body.length() > 80 ? body.substring(0, 80) + "…" : body;
    }
  }

  static Stream<Wrong> wrongPayloads() {
    String request = json("'request':{'input':'x'}");
    return Stream.of(
        new Wrong("[]", ""),
        new Wrong("null", ""),
        new Wrong("7", ""),
        new Wrong("{}", ""),
        new Wrong(json("{'type':'text'}"), ""),
        new Wrong(json("{'type':7,%s}", request), "/type"),
        new Wrong(json("{'type':'text',%s,'colour':'red'}", request), ""),
        new Wrong(json("{'type':'text',%s,'priority':'urgent'}", request), "/priority"),
        new Wrong(json("{'type':'text',%s,'subject':''}", request), "/subject"),
        new Wrong(json("{'type':'text',%s,'subject':'  '}", request), "/subject"),
        new Wrong(json("{'type':'text',%s,'subject':'a\\nb'}", request), "/subject"),
        new Wrong(
            "{\"type\":\"text\"," + request + ",\"subject\":\"" + "😀".repeat(150) + "\"}",
            "/subject"),
        new Wrong(json("{'type':'text',%s,'startAt':'soon'}", request), "/startAt"),
        new Wrong(json("{'type':'text',%s,'startAt':5}", request), "/startAt"),
        new Wrong(
            json("{'type':'text',%s,'startAt':'+999999999-01-01T00:00:00Z'}", request), "/startAt"),
        new Wrong(json("{'type':'text',%s,'startBefore':'soon'}", request), "/startBefore"),
        new Wrong(
            json("{'type':'text',%s,'startBefore':'2020-01-01T00:00:00Z'}", request),
            "/startBefore"),
        new Wrong(
            json(
                "{'type':'text',%s,'startAt':'2130-01-01T00:00:00Z','startBefore':"
                    + "'2129-01-01T00:00:00Z'}",
                request),
            "/startBefore"),
        new Wrong(json("{'type':'text','request':null}"), "/request"),
        new Wrong(json("{'type':'text','request':'x'}"), "/request"),
        new Wrong(json("{'type':'text','request':{}}"), "/request"),
        new Wrong(json("{'type':'text','request':{'input':7}}"), "/request/input"),
        new Wrong(json("{'type':'text','request':{'input':''}}"), "/request/input"),
        new Wrong(json("{'type':'text','request':{'input':'  '}}"), "/request"),
        new Wrong(
            "{\"type\":\"text\",\"request\":{\"input\":\"" + "x".repeat(100_001) + "\"}}",
            "/request/input"),
        new Wrong(json("{'type':'text','request':{'input':'x','more':1}}"), "/request"));
  }

  @ParameterizedTest
  @MethodSource("wrongPayloads")
  void aPayloadThatIsNotAsItsSchemaSaysIsRefused(Wrong wrong) {
    HttpAnswer refused = asha.post(TextTasks.TASKS, wrong.body());

    assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
    assertThat(refused.text("type")).isEqualTo(PROBLEM + "invalid-payload");
    JsonNode error = refused.json().path("errors").path(0);
    assertThat(error.path("pointer").asString("?")).as(error.toString()).isEqualTo(wrong.pointer());
    assertThat(error.path("message").asString("")).isNotEmpty().doesNotContain("dev.handoff");
  }

  record Hostile(String type, String body, int status) {
    static Hostile json(String body) {
      return new Hostile(JSON, bytes(body, StandardCharsets.UTF_8), 400);
    }

    static String bytes(String text, Charset charset) {
      return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return type + " " + (body.length() > 60 ? body.substring(0, 60) : body).replace('\0', '0');
    }
  }

  static Stream<Hostile> hostileBodies() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String inRequest = json("{'type':'text','request':{'input':%s}}");
    return Stream.of(
        Hostile.json(""),
        Hostile.json("not json"),
        Hostile.json("{"),
        Hostile.json(deep),
        Hostile.json(inRequest.formatted(deep)),
        Hostile.json(json("{'type':'text','type':'text','request':{'input':'x'}}")),
        Hostile.json(inRequest.formatted("\"a\"") + " more"),
        Hostile.json(inRequest.formatted("\"a\\u0000b\"")),
        Hostile.json(inRequest.formatted("\"a\0b\"")),
        Hostile.json(inRequest.formatted("\"a\nb\"")),
        Hostile.json(inRequest.formatted("\"\\ud800\"")),
        Hostile.json(inRequest.formatted("1e999999999")),
        Hostile.json(inRequest.formatted("9".repeat(5_000))),
        Hostile.json(inRequest.formatted("NaN")),
        Hostile.json(json("{'a\\u0000':1}")),
        new Hostile(JSON, "\"\u00ff\u00fe\"", 400),
        new Hostile(JSON, Hostile.bytes("{}", StandardCharsets.UTF_16), 400),
        new Hostile(JSON, "\"" + "x".repeat(20 << 20) + "\"", 413),
        new Hostile("text/plain", TextTasks.body(), 415),
        new Hostile("application/x-www-form-urlencoded", "type=text", 415),
        new Hostile("multipart/form-data; boundary=b", "--b--", 415));
  }

  @ParameterizedTest
  @MethodSource("hostileBodies")
  void whatIsNotPlainJsonIsRefused(Hostile sent) {
    try (ServerLogs logs = new ServerLogs()) {
      for (String path : List.of(TextTasks.TASKS, "/api/v1/batches")) {
        HttpAnswer refused =
            asha.call("POST", path, sent.type(), sent.body().getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused.status()).as(refused.toString()).isEqualTo(sent.status());
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        assertThat(refused.body()).doesNotContain("Exception", "jackson", "java.");
      }
      assertThat(logs.lines(Level.WARN)).isEmpty();
    }
  }
}
