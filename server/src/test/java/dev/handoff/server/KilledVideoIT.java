package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server process that is killed between any two steps of a video (V10): another one goes on, and
/// what was paid is not asked for again.
@OnBothStores
final class KilledVideoIT {
  private static final List<String> STEPS =
      List.of(
          "look",
          "compress",
          "clean",
          "pictures",
          "speech",
          "analyse",
          "extract",
          "rewrite",
          "thumbnails");

  @TempDir private Path folder;
  private final ScriptedModelServer model = ScriptedModelServer.start();
  private final SpeechServer speech = new SpeechServer();
  private @Nullable KillableServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    model.close();
    speech.close();
  }

  @Test
  void nothingIsPaidTwiceWhereverTheServerDies() throws Exception {
    model.byDefault(VideoTrainer.ANALYST);
    KillableServer killable =
        KillableServer.of(
            HaltingVideos.class,
            folder,
            "handoff.systems.training-videos.compress=true",
            "handoff.systems.training-videos.concurrency=" + STEPS.size(),
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + model.baseUrl(),
            "handoff.systems.training-videos.speech.model=whisper-1",
            "handoff.systems.training-videos.speech.base-url=" + speech.baseUrl());
    server = killable;
    VideoTrainer first = started(killable);
    Map<String, String> stopped = new LinkedHashMap<>();
    for (String step : STEPS) {
      stopped.put(step, first.uploaded("stop after " + step + ".mp4", Videos.silent()));
    }
    await()
        .untilAsserted(() -> {
          String log = Files.readString(folder.resolve("server.log"));
          STEPS.forEach(step -> assertThat(log).contains("stopped after step " + step));
        });
    assertThat(speech.requests()).hasSize(5);
    assertThat(model.requests()).hasSize(6);
    killable.kill();

    VideoTrainer second = started(killable);
    stopped.forEach((step, id) -> {
      JsonNode ready = second.awaitStatus(id, "ready");
      assertThat(ready.path("generated_by_ai").asBoolean()).as(step).isTrue();
      assertThat(second.titles(id)).as(step).containsExactly("Better 1", "Better 2");
    });
    int videos = STEPS.size();
    assertThat(speech.requests()).as("heard once each").hasSize(videos);
    assertThat(model.requests()).as("analysed and reworded once each").hasSize(2 * videos);

    String uncommitted = second.uploaded("die before the commit.mp4", Videos.silent());
    killable.awaitDeath();
    VideoTrainer third = started(killable);
    assertThat(third.awaitStatus(uncommitted, "ready").path("steps").size()).isEqualTo(2);
    assertThat(speech.requests()).hasSize(videos + 1);
    assertThat(model.requests()).hasSize(2 * (videos + 1));
  }

  private static VideoTrainer started(KillableServer server) throws IOException {
    return new VideoTrainer(server.start().as("trainer@demo.test"));
  }
}
