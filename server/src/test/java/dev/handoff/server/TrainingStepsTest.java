package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A module's steps are edited, reworded and asked about; its video is played and shared.
@OnBothStores
final class TrainingStepsTest {
  private static ScriptedModelServer model;
  private static TestServer server;
  private static VideoTrainer trainer;
  private static String id;

  @BeforeAll
  static void start() {
    model = ScriptedModelServer.start();
    model.byDefault(VideoTrainer.ANALYST);
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + model.baseUrl(),
            "handoff.ai.api-key=" + ScriptedModelServer.KEY);
    trainer = new VideoTrainer(server.as("trainer@demo.test"));
    id = trainer.ready(Videos.silent());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @BeforeEach
  void threeSteps() {
    model.clear().byDefault(VideoTrainer.ANALYST);
    HttpAnswer replaced =
        trainer.put(
            "/api/steps/" + id,
            """
            {"steps":[{"id":"step_1","start":0,"end":8,"title":"One","description":"Look at the panel."},
              {"id":"step_2","start":8,"end":14,"title":"Two","description":"Raise the fork."},
              {"timestamp":14,"duration":6,"title":"Three","description":"Check the brakes."}]}
            """);
    assertThat(replaced.body())
        .isEqualTo(json("{'success':true,'moduleId':'%s','stepsCount':3,'action':'replace'}", id));
  }

  @Test
  void bothFormsOfAStepAreNormalised() {
    assertThat(trainer.steps(id).path(2).toString())
        .isEqualTo(
            """
            {"id":"step_3","start":14,"end":20,"title":"Three",\
            "description":"Check the brakes.","aliases":[],"notes":"",\
            "isManual":false}\
            """);
  }

  @Test
  void stepsAreAddedChangedDeletedAndReordered() {
    assertThat(
            change(json("{'action':'add','stepIndex':1,'steps':[{'start':4,'title':'New'}]}"))
                .body())
        .isEqualTo(json("{'success':true,'moduleId':'%s','stepsCount':4,'action':'add'}", id));
    JsonNode added = trainer.steps(id).path(1);
    assertThat(added.path("isManual").asBoolean()).isTrue();
    assertThat(added.path("end").asInt()).isEqualTo(34);
    assertThat(added.path("id").asString("")).isEqualTo("step_4");
    change(
        """
        {"action":"update","stepIndex":0,"steps":[{"id":"step_1","start":0,"end":3,\
        "title":"First","aliases":["panel"],"notes":"n"}]}\
        """);
    change(json("{'action':'delete','stepIndex':3}"));
    assertThat(trainer.titles(id)).containsExactly("First", "New", "Two");
    assertThat(trainer.steps(id).path(0).path("aliases").toString()).isEqualTo(json("['panel']"));
    change(
        """
        {"action":"reorder","steps":[{"id":"step_2"},{"id":"step_1"},{"id":"step_4"}]}\
        """);
    assertThat(trainer.titles(id)).containsExactly("Two", "First", "New");
    change(json("{'action':'add','steps':[{'title':'Last'}]}"));
    assertThat(trainer.titles(id)).containsExactly("Two", "First", "New", "Last");
  }

  @Test
  void whatCannotBeDoneIsRefusedAndChangesNothing() {
    for (String index : List.of("-1", "3", "99999999999")) {
      assertThat(change(json("{'action':'delete','stepIndex':%s}", index)).body())
          .isEqualTo(json("{'error':'Invalid step index'}"));
    }
    assertThat(change(json("{'action':'update','steps':[{'title':'x'}]}")).body())
        .isEqualTo(json("{'error':'Invalid step index'}"));
    for (String bad :
        List.of(
            json("{'action':'shuffle'}"),
            "{}",
            json("{'steps':[{'start':5,'end':1,'title':'x'}]}"),
            json("{'steps':[{'start':-5,'title':'x'}]}"),
            json("{'steps':[{'title':''}]}"),
            json("{'steps':'x'}"),
            json("{'action':'reorder','steps':[{'id':'step_1'}]}"),
            json("{'action':'add','steps':[]}"))) {
      HttpAnswer refused = change(bad);
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.body()).as(bad).isEqualTo(json("{'error':'Invalid request data'}"));
    }
    assertThat(trainer.put("/api/steps/" + id, json("{'steps':5}")).body())
        .isEqualTo(json("{'error':'Invalid steps data'}"));
    assertThat(trainer.titles(id)).containsExactly("One", "Two", "Three");
    assertThat(trainer.client().post("/api/steps/nope", json("{'steps':[]}")).body())
        .isEqualTo(json("{'error':'Steps not found','moduleId':'nope'}"));
  }

  @Test
  void aTextIsPutBetter() {
    HttpAnswer rewritten =
        trainer.client().post("/api/steps/" + id + "/rewrite", json("{'text':'um, look at it'}"));

    assertThat(rewritten.body()).isEqualTo(json("{'text':'The brakes are checked in step 3.'}"));
    assertThat(trainer.client().post("/api/steps/" + id + "/rewrite", json("{'text':' '}")).body())
        .isEqualTo(json("{'error':'Text is required'}"));
    model.enqueue(ModelScript.serverError());
    assertThat(
            trainer.client().post("/api/steps/" + id + "/rewrite", json("{'text':'x'}")).status())
        .isEqualTo(503);
  }

  @Test
  void theAssistantAnswersFromTheSteps() {
    String question =
        """
        {"userMessage":"Where are the brakes checked?","currentStep":1,"videoTime":9.5,\
        "moduleId":"%s"}\
        """
            .formatted(id);
    assertThat(trainer.client().post("/api/ai/contextual-response", question).body())
        .isEqualTo(json("{'success':true,'response':'The brakes are checked in step 3.'}"));
    assertThat(model.requests().getLast().lastUserText())
        .contains("2. [8 s to 14 s] Two: Raise the fork. (the person is here)", "at 10 s");
    // Without the AI the words are looked for.
    model.enqueue(ModelScript.serverError());
    assertThat(trainer.client().post("/api/ai/contextual-response", question).text("response"))
        .isEqualTo("That is in step 3, “Three” (at 0:14). Check the brakes.");
    assertThat(trainer.client().post("/api/ai/contextual-response", "{}").body())
        .isEqualTo(json("{'error':'User message is required'}"));
  }

  @Test
  void aVideoIsPlayedInRanges() {
    // What is kept of the upload: its film and its sound.
    byte[] video = send("/uploads/" + id + ".mp4", null).body();
    assertThat(video).hasSizeBetween(50_000, Videos.bytes(Videos.silent()).length);
    for (String path : List.of("/uploads/", "/api/video-url/url/")) {
      var whole = send(path + id + ".mp4", null);
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.headers().firstValue("content-type")).hasValue("video/mp4");
      assertThat(whole.headers().firstValue("accept-ranges")).hasValue("bytes");
      assertThat(whole.body()).isEqualTo(video);
      var part = send(path + id + ".mp4", "bytes=100-199");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.headers().firstValue("content-range"))
          .hasValue("bytes 100-199/" + video.length);
      assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(video, 100, 200));
      assertThat(send(path + id + ".mp4", "bytes=999999999-").statusCode()).isEqualTo(416);
    }
    assertThat(trainer.client().get("/uploads/" + id).body())
        .isEqualTo(json("{'error':'Video not found'}"));
    assertThat(trainer.client().get("/uploads/..%2F..%2Fhandoff.db").status()).isIn(400, 404);
    assertThat(server.anybody().get("/uploads/" + id + ".mp4").status()).isEqualTo(401);
  }

  private static java.net.http.HttpResponse<byte[]> send(
      String path, @org.jspecify.annotations.Nullable String range) {
    var request = trainer.client().request(path);
    if (range != null) {
      request.header("Range", range);
    }
    try {
      return trainer.client().http().send(request.build(), BodyHandlers.ofByteArray());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aShareOpensItsModuleUntilItEnds() {
    String shares = "/api/modules/" + id + "/shares";
    Client anybody = server.anybody();
    // Whatever other tests share.
    for (JsonNode other : trainer.client().get(shares).json().path("shares")) {
      assertThat(ended(shares + "/" + other.path("id").asString(""))).isEqualTo(204);
    }
    assertThat(anybody.get("/api/share/" + id).status()).isEqualTo(404);
    for (String part : List.of("/video", "/thumbnails/1", "/captions.vtt")) {
      assertThat(anybody.get("/api/share/" + id + part).status()).as(part).isEqualTo(404);
    }

    HttpAnswer made = trainer.client().post(shares, json("{'expiresAt':'2999-01-31T12:00:00Z'}"));
    assertThat(made.status()).isEqualTo(201);
    String token = made.text("token");
    assertThat(token).hasSize(43);
    assertThat(made.text("url"))
        .isEqualTo(server.baseUrl().replace("127.0.0.1", "localhost") + "/share/" + token);
    HttpAnswer seen = anybody.get("/api/share/" + token);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.body()).doesNotContain(id);
    assertThat(anybody.get("/api/share/" + id).status()).as("a link of before").isEqualTo(200);
    HttpAnswer listed = trainer.client().get(shares);
    assertThat(listed.body()).doesNotContain(token);
    JsonNode share = listed.json().path("shares").path(0);
    assertThat(share.path("expiresAt").asString("")).isEqualTo("2999-01-31T12:00:00Z");
    assertThat(share.path("transcript").asBoolean(true)).isFalse();
    assertThat(anybody.get("/api/share/" + share.path("id").asString("")).status())
        .as("what the database has")
        .isEqualTo(404);

    assertThat(ended(shares + "/" + token)).isEqualTo(204);
    assertThat(ended(shares + "/" + token)).isEqualTo(404);
    assertThat(anybody.get("/api/share/" + token).status()).isEqualTo(404);
    assertThat(anybody.get("/api/share/" + id).status()).isEqualTo(404);
  }

  private static int ended(String path) {
    return trainer.client().send(trainer.client().request(path).DELETE()).status();
  }

  @Test
  void aShareHasAnEndInTheFutureAndThereAreAtMost50() {
    String shares = "/api/modules/" + id + "/shares";
    for (String body :
        List.of(
            "{'expiresAt':'2020-01-01T00:00:00Z'}",
            "{'expiresAt':'tomorrow'}",
            "{'expiresAt':7}",
            "{'transcript':'yes'}",
            "[]")) {
      assertThat(trainer.client().post(shares, json(body)).status()).as(body).isEqualTo(400);
    }
    List<Integer> answers =
        java.util.stream.IntStream.range(0, 51)
            .mapToObj(_ -> trainer.client().post(shares, "{}").status())
            .toList();
    assertThat(answers).contains(201).last().isEqualTo(409);
    for (JsonNode share : trainer.client().get(shares).json().path("shares")) {
      assertThat(ended(shares + "/" + share.path("id").asString(""))).isEqualTo(204);
    }
  }

  @Test
  void aReadyModuleIsSharedWithEverybody() {
    String link = "/api/share/" + trainer.share(id);
    HttpAnswer shared = server.anybody().get(link);

    assertThat(shared.status()).isEqualTo(200);
    JsonNode module = shared.json().path("module");
    assertThat(module.propertyNames())
        .containsExactly("id", "title", "filename", "createdAt", "steps", "stats", "transcript");
    assertThat(module.path("steps").size()).isEqualTo(3);
    assertThat(server.anybody().get(link + "/thumbnails/1").status()).isEqualTo(200);
    assertThat(server.anybody().with("Range", "bytes=0-9").get(link + "/video").status())
        .isEqualTo(206);
    // An old login is not in the way.
    assertThat(server.anybody().bearing("old").get(link).status()).isEqualTo(200);
    assertThat(server.anybody().get("/api/share/nope").body())
        .isEqualTo(
            """
            {"error":"Module not found","message":"This training module could not be found \
            or is no longer available."}\
            """);
  }

  @Test
  void aModuleIsRenamedAndFeedbackCounted() {
    assertThat(trainer.put("/api/modules/" + id, json("{'title':' New name '}")).body())
        .isEqualTo(json("{'success':true,'id':'%s'}", id));
    assertThat(trainer.client().get("/api/modules/" + id).text("title")).isEqualTo("New name");
    assertThat(trainer.put("/api/modules/" + id, json("{'title':''}")).status()).isEqualTo(400);
    String feedback = json("{'type':'step','action':'worked','moduleId':'%s'}", id);
    assertThat(trainer.client().post("/api/feedback/submit", feedback).status()).isEqualTo(200);
    assertThat(trainer.client().get("/api/feedback/stats").body())
        .isEqualTo(
            """
            {"success":true,"total":1,"actions":{"worked":1,"not_working":0,\
            "partially_working":0}}\
            """);
    assertThat(
            trainer.client().post("/api/feedback/submit", feedback.replace("worked", "x")).status())
        .isEqualTo(400);
  }

  @Test
  void healthAndUnknownRoutesAnswerAsTheirClientsKnow() {
    HttpAnswer health = server.anybody().get("/api/health");
    assertThat(health.text("status")).isEqualTo("ok");
    assertThat(health.json().propertyNames())
        .containsExactly("status", "timestamp", "environment", "uptime");
    assertThat(trainer.client().get("/api/modules/a/b/c").body())
        .isEqualTo(json("{'error':'Route not found','path':'/api/modules/a/b/c','method':'GET'}"));
    assertThat(trainer.client().post("/api/upload/what").status()).isEqualTo(404);
  }

  private static HttpAnswer change(String json) {
    return trainer.client().post("/api/steps/" + id, json);
  }
}
