package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.spring.HandoffProperties;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Videos on servers that lack something: an AI (V9), FFmpeg, a worker (V11), an end (V12); and on
/// one that has more: a speech model, compression.
final class TrainingWithoutAiTest {
  @TempDir private Path folder;

  @Test
  void withoutAnAiTheStepsAreWhatTheSubtitlesSay() {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true")) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      String id = trainer.uploaded("forklift.mp4", Videos.real());
      JsonNode ready = trainer.awaitStatus(id, "ready");

      assertThat(ready.path("generated_by_ai").asBoolean(true)).isFalse();
      assertThat(ready.path("message").asString(""))
          .isEqualTo("Training module ready (basic steps, AI unavailable)");
      assertThat(ready.path("description").asString("")).contains("made without AI");
      assertThat(trainer.titles(id))
          .containsExactly(
              "Welcome to the forklift check",
              "First press the green button on the panel",
              "I will show you how the fork is raised",
              "Finally we check the brakes");
      JsonNode thumbnails = trainer.client().get("/api/modules/" + id).json().path("thumbnails");
      assertThat(thumbnails.size()).isEqualTo(4);
      String link = "/api/share/" + trainer.share(id);
      assertThat(server.anybody().get(link).json().path("module").path("transcript").asString(""))
          .startsWith("Welcome to the forklift check. First press");
      HttpAnswer captions = server.anybody().get(link + "/captions.vtt");
      assertThat(captions.header("content-type")).isEqualTo("text/vtt;charset=UTF-8");
      assertThat(captions.body())
          .startsWith("WEBVTT\n\n00:00:00.")
          .contains("\nWelcome to the forklift check.");
      assertThat(trainer.client().get("/api/modules/" + id + "/captions.vtt").body())
          .isEqualTo(captions.body());
      sharesWithoutWhatIsSaid(server, trainer, id, link);
      String asked = json("{'userMessage':'Where is the green button?','moduleId':'%s'}", id);
      assertThat(trainer.client().post("/api/ai/contextual-response", asked).text("response"))
          .startsWith("That is in step 2, “First press the green button on the panel” (at 0:05).");
      String text = json("{'text':'okay so um you press the button'}");
      assertThat(trainer.client().post("/api/steps/" + id + "/rewrite", text).text("text"))
          .isEqualTo("Press the button.");
    }
  }

  private static void sharesWithoutWhatIsSaid(
      TestServer server, VideoTrainer trainer, String id, String withTranscript) {
    String shares = "/api/modules/" + id + "/shares";
    HttpAnswer made = trainer.client().post(shares, "{}");
    String link = "/api/share/" + made.text("token");
    JsonNode module = server.anybody().get(link).json().path("module");
    assertThat(module.path("title").asString("")).isNotEmpty();
    assertThat(module.path("transcript").asString("?")).isEmpty();
    assertThat(server.anybody().get(link + "/captions.vtt").body()).isEqualTo("WEBVTT\n");
    assertThat(server.anybody().get(withTranscript).body()).contains("Welcome to the forklift");
  }

  @Test
  void withoutFfmpegTheHeaderTellsTheLength() {
    try (TestServer server =
        TestServer.start(folder, "handoff.demo=true", "handoff.ffmpeg.path=/nowhere/ffmpeg")) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      assertThat(
              trainer
                  .client()
                  .get("/api/training/config")
                  .json()
                  .path("media_complete")
                  .asBoolean(true))
          .isFalse();

      String id = trainer.ready(Videos.silent());

      JsonNode status = trainer.status(id).json();
      assertThat(status.path("totalDuration").asDouble()).isBetween(19.9, 20.1);
      assertThat(trainer.titles(id))
          .containsExactly(
              "Step 1: Training Process", "Step 2: Training Process", "Step 3: Training Process");
      // What cannot be taken out of the file does not go out with it.
      HttpAnswer shared = server.anybody().get("/api/share/" + trainer.share(id) + "/video");
      assertThat(shared.status()).isEqualTo(404);
      assertThat(shared.text("error")).startsWith("This video cannot be shown to others");
      String unknown =
          VideoTrainer.accepted(
              trainer.upload(VideoTrainer.FormPart.video("a.mp4"), Videos.unreadable(10_000)));
      JsonNode nothing = trainer.awaitStatus(unknown, "ready");
      assertThat(nothing.path("title").asString("")).isEqualTo("Training Module");
      assertThat(trainer.titles(unknown))
          .containsExactly("Introduction", "Main Content", "Summary");
    }
  }

  @Test
  void withoutAWorkerTheServerDoesTheWorkInTheBackground() {
    try (TestServer alone = TestServer.start(folder, "handoff.demo=true", "handoff.role=api")) {
      VideoTrainer trainer = new VideoTrainer(alone.as("trainer@demo.test"));

      String id = trainer.ready(Videos.silent());

      assertThat(trainer.titles(id)).hasSize(3);
    }
  }

  @Test
  void whatIsSaidIsHeardByTheSpeechModel() {
    try (SpeechServer speech = new SpeechServer();
        TestServer server =
            TestServer.start(
                folder,
                "handoff.demo=true",
                "handoff.systems.training-videos.retry-wait=100ms",
                "handoff.systems.training-videos.analyse-at-most=10s",
                "handoff.systems.training-videos.speech.model=whisper-1",
                "handoff.systems.training-videos.speech.base-url=" + speech.baseUrl())) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      speech.failNext(1);

      String id = trainer.ready(Videos.real());

      // What was heard badly is left out.
      assertThat(trainer.titles(id))
          .containsExactly("Welcome to the check", "Press the green button on the panel");
      assertThat(speech.requests()).hasSize(2);
      byte[] form = speech.requests().getLast();
      String head = new String(form, 0, 900, StandardCharsets.ISO_8859_1);
      assertThat(head).contains("whisper-1", "verbose_json", "filename=\"audio.wav\"");
      int wav = head.indexOf("RIFF");
      // Mono, 16,000 samples a second of two bytes each, the first 10 s of 20.
      assertThat(form[wav + 22]).isEqualTo((byte) 1);
      assertThat((form[wav + 24] & 0xff) | (form[wav + 25] & 0xff) << 8).isEqualTo(16_000);
      assertThat(form.length).isBetween(320_000, 325_000);
      // Three failures leave the subtitles.
      speech.failNext(3);
      String other = trainer.ready(Videos.real());
      assertThat(trainer.titles(other)).hasSize(4);
    }
  }

  @Test
  void aLargePictureIsMadeSmallerOnRequest() throws IOException {
    Path large = folder.resolve("large.webm");
    Videos.ffmpeg(
        List.of(
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=1920x1080:r=10:d=4",
            "-c:v",
            "libvpx",
            "-b:v",
            "6000k",
            "-deadline",
            "realtime",
            "-f",
            "webm",
            large.toString()));
    try (TestServer server =
        TestServer.start(
            folder.resolve("data"),
            "handoff.demo=true",
            "handoff.systems.training-videos.compress=true")) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      String id =
          VideoTrainer.accepted(
              trainer.upload(
                  new VideoTrainer.FormPart("file", "large.webm", "video/webm"),
                  Videos.bytes(large)));

      var _ = trainer.awaitStatus(id, "ready");

      HttpAnswer video = trainer.client().get("/uploads/" + id + ".mp4");
      assertThat(video.header("content-type")).isEqualTo("video/mp4");
      assertThat(Long.parseLong(video.header("content-length"))).isLessThan(Files.size(large));
      JsonNode stages = trainer.client().get("/api/training/analytics").json().path("stages");
      assertThat(stages.path("compress").path("count").asInt()).isEqualTo(1);
    }
  }

  @Test
  void workThatHangsFailsAndSoDoesWhatNothingHappensTo() throws IOException {
    Gate gate = Gate.closed();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        TestServer server =
            TestServer.start(
                folder,
                "handoff.demo=true",
                "handoff.ai.provider=openai",
                "handoff.ai.base-url=" + model.baseUrl(),
                "handoff.systems.training-videos.attempts=2",
                "handoff.systems.training-videos.retry-wait=50ms",
                "handoff.systems.training-videos.hard-limit=3s")) {
      model.byDefault(ModelScript.hang(gate));
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      String id = trainer.uploaded("forklift.mp4", Videos.silent());

      JsonNode failed = trainer.awaitStatus(id, "failed");

      assertThat(failed.path("error").asString("")).isNotBlank();
      // It can be made anew, and its video is still there.
      model.byDefault(VideoTrainer.ANALYST);
      gate.openForAll();
      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      var _ = trainer.awaitStatus(id, "ready");
      // Whose file is lost meanwhile keeps its steps.
      Path video =
          server
              .bean(HandoffProperties.class)
              .dataDir()
              .resolve("uploads/training/" + id + "/" + id + ".mp4");
      Path garbage = Files.write(folder.resolve("garbage"), Videos.unreadable(1000));
      Files.move(garbage, video, StandardCopyOption.REPLACE_EXISTING);
      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      JsonNode kept = trainer.awaitStatus(id, "ready");
      assertThat(kept.path("error").asString("")).startsWith("The video could not be read.");
      assertThat(kept.path("steps").size()).isEqualTo(3);
      assertThat(video).exists();
    }
  }

  @Test
  void aModuleThatNothingHappensToIsStale() {
    TestClock clock = TestClock.atNine();
    try (TestServer server = TestServer.startAt(clock, folder, "handoff.demo=true")) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      String id = trainer.ready(Videos.silent());
      crash(server, "training_data = ''");
      clock.advance(Duration.ofMinutes(9));
      assertThat(trainer.status(id).json().path("status").asString("")).isEqualTo("processing");
      clock.advance(Duration.ofMinutes(2));

      JsonNode failed = trainer.status(id).json();

      assertThat(failed.path("status").asString("")).isEqualTo("failed");
      assertThat(failed.path("error").asString("")).startsWith("Stale processing");
      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      var _ = trainer.awaitStatus(id, "ready");

      // Another analysis leaves the steps that there are.
      crash(server, "progress = 0");
      clock.advance(Duration.ofMinutes(11));
      JsonNode stale = trainer.status(id).json();
      assertThat(stale.path("status").asString("")).isEqualTo("ready");
      assertThat(stale.path("error").asString("")).startsWith("Stale processing");
    }
  }

  // As a crash leaves modules that comes between the upload and the submit.
  private static void crash(TestServer server, String change) {
    int changed =
        server
            .bean(JdbcClient.class)
            .sql("update training_module set status = 'processing', task_id = null, " + change)
            .update();
    assertThat(changed).isEqualTo(1);
  }
}
