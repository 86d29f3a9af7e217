package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Uploaded videos become training modules (V1, V2, V6, V7, V9, V12, V15 and what else holds of
/// them).
@OnBothStores
final class TrainingVideosTest {
  private static ScriptedModelServer model;
  private static TestServer server;
  private VideoTrainer trainer;

  @BeforeAll
  static void start() {
    model = ScriptedModelServer.start();
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + model.baseUrl(),
            "handoff.ai.api-key=" + ScriptedModelServer.KEY,
            "handoff.systems.training-videos.retry-wait=200ms",
            "handoff.systems.training-videos.hard-limit=20s");
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @BeforeEach
  void analyst() {
    model.clear().byDefault(VideoTrainer.ANALYST);
    trainer = new VideoTrainer(server.as("trainer@demo.test"));
  }

  @Test
  void anUploadIsAnsweredAtOnceAndTheWorkFollows() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    byte[] large = new byte[5 << 20];
    byte[] video = Videos.bytes(Videos.real());
    System.arraycopy(video, 0, large, 0, video.length);

    // That it returns is the proof: the model does not answer before the gate opens.
    long begun = System.nanoTime();
    HttpAnswer answer = trainer.upload(VideoTrainer.FormPart.video("forklift.mp4"), large);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    String id = VideoTrainer.accepted(answer);

    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(answer.body())
        .isEqualTo(
            """
            {"success":true,"moduleId":"%s","videoUrl":"/uploads/%s.mp4",\
            "status":"processing","message":\
            "Upload complete! AI processing has started in the background."}\
            """
                .formatted(id, id));
    await().until(() -> model.openCalls() == 1);
    assertThat(trainer.status(id).body())
        .isEqualTo(
            """
            {"status":"processing","progress":10,"message":"Starting AI analysis...",\
            "steps":[],"error":null,"title":"forklift","description":"",\
            "totalDuration":20,"generated_by_ai":false}\
            """);
    model.byDefault(VideoTrainer.ANALYST);
    gate.openForAll();
    // "late" is no JSON, so it is asked again.
    var _ = trainer.awaitStatus(id, "ready");
  }

  @Test
  void aRealVideoGoesThroughAllMilestones() {
    int before = model.requests().size();
    String id = trainer.uploaded("forklift.mp4", Videos.real());
    List<Integer> seen = new ArrayList<>();
    List<String> words = new ArrayList<>();
    JsonNode ready =
        await()
            .pollInterval(Duration.ofMillis(5))
            .until(
                () -> {
                  JsonNode status = trainer.status(id).json();
                  int progress = status.path("progress").asInt();
                  if (seen.isEmpty() || seen.getLast() != progress) {
                    seen.add(progress);
                    words.add(progress + " " + status.path("message").asString(""));
                  }
                  return status;
                },
                status -> status.path("status").asString("").equals("ready"));

    assertThat(seen).isSorted().endsWith(100);
    assertThat(
            List.of(
                "0 Upload complete, starting AI processing...",
                "10 Starting AI analysis...",
                "30 AI analysis complete, extracting steps...",
                "60 Steps extracted, enhancing with AI...",
                "90 Saving training data...",
                "100 Training module ready!"))
        .containsAll(words);
    assertThat(ready.path("title").asString("")).isEqualTo("Checking a forklift");
    assertThat(ready.path("totalDuration").asDouble()).isBetween(19.9, 20.1);
    assertThat(ready.path("generated_by_ai").asBoolean()).isTrue();
    // The subtitles' steps, reworded by the model.
    assertThat(ready.path("steps").path(1).toString())
        .isEqualTo(
            """
            {"id":"step_2","start":5,"end":9.5,"title":"Better 2",\
            "description":"Shorter 2.","aliases":[],"notes":"","isManual":false}\
            """);
    List<ModelRequest> asked = model.requests().subList(before, model.requests().size());
    assertThat(asked).hasSize(2);
    assertThat(asked.getFirst().images()).hasSize(3);
    assertThat(asked.getFirst().lastUserText())
        .contains("[5.0] First press the green button", "Length: 20 seconds");
  }

  @Test
  void theModuleTellsAllThatWasMade() {
    String id = trainer.ready(Videos.real());

    JsonNode module = trainer.client().get("/api/modules/" + id).json();
    assertThat(module.path("filename").asString("")).isEqualTo(id + ".mp4");
    assertThat(module.path("videoUrl").asString("")).isEqualTo("/uploads/" + id + ".mp4");
    assertThat(module.path("thumbnails").size()).isEqualTo(4);
    JsonNode steps = trainer.client().get("/api/modules/" + id + "/steps").json();
    assertThat(steps.path("metadata").toString())
        .startsWith(
            """
            {"totalSteps":4,"hasEnhancedSteps":true,"hasStructuredSteps":true,"stats":{\
            """);
    JsonNode types = steps.path("metadata").path("stats").path("typeDistribution");
    assertThat(types.path("introduction").asInt()).isEqualTo(1);
    assertThat(types.path("instruction").asInt()).isEqualTo(1);
    assertThat(types.path("demonstration").asInt()).isEqualTo(1);
    assertThat(types.path("summary").asInt()).isEqualTo(1);
    JsonNode listed = trainer.client().get("/api/modules").json();
    assertThat(listed.path("success").asBoolean()).isTrue();
    assertThat(listed.path("modules").path(0).path("id").asString("")).isEqualTo(id);
    String picture = listed.path("modules").path(0).path("thumbnail").asString("");
    assertThat(trainer.client().get(picture).header("content-type")).isEqualTo("image/jpeg");
    JsonNode stages = trainer.client().get("/api/training/analytics").json().path("stages");
    assertThat(stages.path("analyse").path("count").asInt()).isPositive();
    assertThat(stages.path("pictures").path("p95_ms").asInt()).isPositive();
  }

  @Test
  void anAiThatFailsOnceIsAskedAgainAndNothingFailsMeanwhile() {
    model.enqueue(ModelScript.serverError());

    String id = trainer.uploaded("forklift.mp4", Videos.real());
    // Looks at each answer on the way, too.
    JsonNode ready = trainer.awaitStatus(id, "ready");

    assertThat(ready.path("generated_by_ai").asBoolean()).isTrue();
    assertThat(task(id).path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  void anAiThatFailsThreeTimesLeavesABasicModule() {
    int before = model.requests().size();
    model.byDefault(ModelScript.serverError());

    String id = trainer.uploaded("forklift.mp4", Videos.silent());
    JsonNode ready = trainer.awaitStatus(id, "ready");

    assertThat(ready.path("generated_by_ai").asBoolean(true)).isFalse();
    assertThat(ready.path("message").asString(""))
        .isEqualTo("Training module ready (basic steps, AI unavailable)");
    assertThat(ready.path("title").asString("")).isEqualTo("forklift");
    // Its scenes.
    assertThat(ready.path("steps").valueStream().map(step -> step.path("start").asDouble()))
        .containsExactly(0.0, 8.0, 14.0);
    assertThat(trainer.titles(id).getFirst()).isEqualTo("Step 1: Training Process");
    assertThat(model.requests()).hasSize(before + 3);
    assertThat(task(id).path("attempt").asInt()).isEqualTo(3);
  }

  @Test
  void aRewordingThatFailsIsLeftOut() {
    model.byDefault(
        ModelScript.decide(request ->
            request.lastUserText().contains("Reword each")
                ? ModelScript.serverError()
                : VideoTrainer.ANALYST));

    String id = trainer.ready(Videos.real());

    assertThat(trainer.titles(id))
        .containsExactly(
            "Welcome to the forklift check",
            "First press the green button on the panel",
            "I will show you how the fork is raised",
            "Finally we check the brakes");
    assertThat(trainer.status(id).json().path("generated_by_ai").asBoolean()).isTrue();
    assertThat(task(id).path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void aWaitThatTheProviderAsksForCostsNoAttempt() {
    model.enqueue(ModelScript.rateLimited("1"));

    String id = trainer.ready(Videos.silent());

    assertThat(task(id).path("attempt").asInt()).isEqualTo(1);
    assertThat(trainer.titles(id)).containsExactly("Better 1", "Better 2", "Better 3");
  }

  @Test
  void anUnreadableVideoFailsAfterThreeAttemptsAndLeavesNoFile() throws IOException {
    String id =
        VideoTrainer.accepted(
            trainer.upload(VideoTrainer.FormPart.video("broken.mp4"), Videos.unreadable(200_000)));

    JsonNode failed = trainer.awaitStatus(id, "failed");

    assertThat(failed.path("error").asString(""))
        .isEqualTo("The video could not be read. The file may be damaged or incomplete.");
    assertThat(failed.path("message").asString("")).isEqualTo("Processing failed");
    assertThat(task(id).path("attempt").asInt()).isEqualTo(3);
    assertThat(filesOf(id)).isEmpty();
    assertThat(trainer.client().post("/api/reprocess/" + id).body())
        .isEqualTo(json("{'error':'Video not found'}"));
    assertThat(trainer.client().get("/api/steps/" + id).body())
        .isEqualTo(json("{'error':'Steps not found','moduleId':'%s'}", id));
  }

  @Test
  void aModuleThatIsDeletedWhileItIsMadeLeavesNothing() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    String id = trainer.uploaded("forklift.mp4", Videos.real());
    await().until(() -> model.openCalls() == 1);
    int dropped = model.disconnects();

    assertThat(trainer.delete(id).body())
        .isEqualTo(json("{'success':true,'id':'%s','message':'Module deleted successfully'}", id));

    assertThat(trainer.status(id).body()).isEqualTo(json("{'error':'Module not found'}"));
    assertThat(trainer.status(id).status()).isEqualTo(404);
    // The model's call was cut, not waited for.
    await().until(() -> model.disconnects() == dropped + 1);
    await().untilAsserted(() -> assertThat(filesOf(id)).isEmpty());
    assertThat(trainer.delete(id).status()).isEqualTo(404);
    gate.openForAll();
  }

  @Test
  void aReadyModuleIsMadeAnewOnceAtATime() {
    String id = trainer.ready(Videos.silent());
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));

    HttpAnswer again = trainer.client().post("/api/reprocess/" + id);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body())
        .isEqualTo(json("{'success':true,'moduleId':'%s','status':'processing'}", id));
    assertThat(trainer.status(id).json().path("status").asString("")).isEqualTo("processing");
    assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(409);
    assertThat(trainer.client().post("/api/steps/" + id, json("{'steps':[]}")).status())
        .isEqualTo(409);
    assertThat(trainer.titles(id)).as("those from before").hasSize(3);
    String token = trainer.share(id);
    for (String part : List.of("", "/video", "/thumbnails/1", "/captions.vtt")) {
      assertThat(server.anybody().get("/api/share/" + token + part).status()).isEqualTo(200);
    }
    model.byDefault(VideoTrainer.ANALYST);
    gate.openForAll();

    var _ = trainer.awaitStatus(id, "ready");
    assertThat(trainer.titles(id)).hasSize(3);
    assertThat(server.anybody().get("/api/share/" + id).status()).isEqualTo(200);
    assertThat(
            server
                .as("admin@demo.test")
                .get("/api/v1/ops/audit?kind=share.viewed&limit=1")
                .json()
                .path("entries")
                .path(0)
                .path("target")
                .asString(""))
        .isEqualTo(id);
    assertThat(trainer.client().post("/api/reprocess/nope").body())
        .isEqualTo(json("{'error':'Module not found'}"));
  }

  @Test
  void anotherAnalysisThatIsCancelledLeavesWhatThereWas() {
    String id = trainer.ready(Videos.silent());
    String cancel = "/api/modules/" + id + "/cancel";
    assertThat(trainer.client().post(cancel).body())
        .isEqualTo(json("{'error':'Module is not being processed'}"));
    assertThat(server.as("owner@demo.test").post(cancel).status()).isEqualTo(404);
    JsonNode before = trainer.client().get("/api/modules/" + id).json();
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    int dropped = model.disconnects();
    var _ = trainer.client().post("/api/reprocess/" + id);
    await().until(() -> model.openCalls() == 1);

    JsonNode cancelled = trainer.client().post(cancel).json();

    assertThat(cancelled.path("status").asString("")).isEqualTo("ready");
    assertThat(cancelled.path("error").asString("")).isEqualTo("Processing was cancelled.");
    assertThat(cancelled.path("steps")).isEqualTo(before.path("steps"));
    assertThat(cancelled.path("title")).isEqualTo(before.path("title"));
    assertThat(cancelled.path("hasVideo").asBoolean()).isTrue();
    await().until(() -> model.disconnects() == dropped + 1);
    model.byDefault(VideoTrainer.ANALYST);
    gate.openForAll();
    assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
    assertThat(trainer.awaitStatus(id, "ready").path("error").isNull()).isTrue();
  }

  @Test
  void aFirstProcessingThatIsCancelledFailsAndKeepsItsVideo() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    String id = trainer.uploaded("forklift.mp4", Videos.silent());
    await().until(() -> model.openCalls() == 1);

    JsonNode cancelled = trainer.client().post("/api/modules/" + id + "/cancel").json();

    assertThat(cancelled.path("status").asString("")).isEqualTo("failed");
    assertThat(cancelled.path("error").asString("")).isEqualTo("Processing was cancelled.");
    assertThat(server.anybody().get("/api/share/" + trainer.share(id)).status()).isEqualTo(404);
    model.byDefault(VideoTrainer.ANALYST);
    gate.openForAll();
    assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
    var _ = trainer.awaitStatus(id, "ready");
  }

  @Test
  void severalVideosAreMadeAtTheSameTimeEachWithItsOwnProgress() {
    List<String> ids = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      ids.add(trainer.uploaded("video " + number + ".mp4", Videos.silent()));
    }

    ids.forEach(
        id -> assertThat(trainer.awaitStatus(id, "ready").path("progress").asInt()).isEqualTo(100));
  }

  @Test
  void writesTheLinesThatOperatorsLookFor() {
    try (ServerLogs logs = new ServerLogs()) {
      String id = trainer.ready(Videos.silent());

      await()
          .untilAsserted(() ->
              assertThat(logs.lines(Level.INFO).toString())
                  .contains(
                      "[" + id + "] Upload started",
                      "[" + id + "] Upload complete: ",
                      "[" + id + "] AI processing started",
                      "[" + id + "] Processing complete!",
                      "[" + id + "] stage=analyse took="));
    }
  }

  @Test
  void onlyTrainersUpload() {
    HttpAnswer answer =
        VideoTrainer.upload(
            server.as("asha@demo.test"),
            VideoTrainer.FormPart.video("a.mp4"),
            Videos.unreadable(1000));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo(json("{'error':'Only trainers can upload videos'}"));
    assertThat(server.anybody().get("/api/modules").body())
        .isEqualTo(json("{'error':'Authentication required'}"));
  }

  private JsonNode task(String id) {
    String task = trainer.client().get("/api/modules/" + id).text("taskId");
    return trainer.client().get("/api/v1/tasks/" + task).json();
  }

  static List<Path> filesOf(TestServer server, String id) throws IOException {
    Path uploads = server.bean(HandoffProperties.class).dataDir().resolve("uploads");
    try (Stream<Path> files = Files.walk(uploads)) {
      return files.filter(file -> file.toString().contains(id)).toList();
    }
  }

  private static List<Path> filesOf(String id) throws IOException {
    return filesOf(server, id);
  }
}
