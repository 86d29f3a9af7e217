package dev.handoff.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.systems.trainingvideos.media.VideoKind;
import dev.handoff.systems.trainingvideos.media.VideoLook;
import dev.handoff.systems.trainingvideos.media.VideoLook.SoundTrack;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ScriptedModelServer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Files as phones, browsers and programs write them, from their upload to what is shown of them.
final class MediaCasesTest {
  @TempDir private static Path data;

  private static ScriptedModelServer model;
  private static TestServer server;
  private static VideoTrainer trainer;

  @BeforeAll
  static void start() {
    model = ScriptedModelServer.start();
    model.byDefault(VideoTrainer.ANALYST);
    server =
        TestServer.start(
            data,
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + model.baseUrl(),
            "handoff.systems.training-videos.compress=true",
            "handoff.systems.training-videos.retry-wait=50ms");
    trainer = new VideoTrainer(server.as("trainer@demo.test"));
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  static byte[] sample(String name) {
    try (InputStream file = MediaCasesTest.class.getResourceAsStream("/media/" + name)) {
      return requireNonNull(file, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ready(String name, byte[] video) {
    String id = VideoTrainer.accepted(trainer.upload(VideoTrainer.FormPart.video(name), video));
    var _ = trainer.awaitStatus(id, "ready");
    return id;
  }

  private static VideoLook kept(String id) throws Exception {
    Path file = data.resolve("uploads/training/" + id + "/" + id + ".mp4");
    VideoKind kind = VideoKind.of(Files.readAllBytes(file)).orElseThrow();
    VideoLook look = server.bean(VideoTools.class).look(new VideoFile(file, kind));
    assertThat(VideoTools.isPlayedEverywhere(look, kind)).isTrue();
    return look;
  }

  @Test
  void slidesAreShownAsAPlayerShowsThem() throws Exception {
    int before = model.requests().size();
    String id = ready("slides.mp4", sample("slides.mp4"));

    // Bars, then three colours, then white; 15 s each.
    List<BufferedImage> seen = new ArrayList<>();
    for (ModelRequest request : model.requests().subList(before, model.requests().size())) {
      for (var image : request.images()) {
        seen.add(ImageIO.read(new ByteArrayInputStream(image.bytes())));
      }
    }
    // At 4.5, 13.5, 22.5, 31.5 and 40.5 s.
    assertThat(seen.stream().map(MediaCasesTest::isWhite))
        .containsExactly(false, false, false, true, true);
    assertThat(middle(seen.get(0))).isEqualTo(middle(seen.get(1)));
    assertThat(middle(seen.get(1))).isNotEqualTo(middle(seen.get(2)));
    JsonNode module = trainer.client().get("/api/modules/" + id).json();
    for (JsonNode thumbnail : module.path("thumbnails")) {
      // The steps of the scripted model begin in the first 15 s.
      assertThat(isWhite(picture(thumbnail.path("url").asString("")))).isFalse();
    }
  }

  private static BufferedImage picture(String path) throws Exception {
    var answer =
        trainer
            .client()
            .http()
            .send(trainer.client().request(path).GET().build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private static Color middle(BufferedImage image) {
    return new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
  }

  private static boolean isWhite(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x += image.getWidth() / 8) {
      for (int y = 0; y < image.getHeight(); y += image.getHeight() / 8) {
        Color color = new Color(image.getRGB(x, y));
        if (color.getRed() < 200 || color.getGreen() < 200 || color.getBlue() < 200) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void aRecordingOfABrowserIsTreatedAsAnyOther() throws Exception {
    int before = model.requests().size();
    String id = ready("my talk.webm", sample("no_length.webm"));

    JsonNode status = trainer.status(id).json();
    assertThat(status.path("totalDuration").asDouble()).isCloseTo(30, within(0.3));
    for (JsonNode step : status.path("steps")) {
      assertThat(step.path("end").asDouble()).isLessThanOrEqualTo(30.3);
    }
    assertThat(model.requests().subList(before, model.requests().size()))
        .anyMatch(request -> request.images().size() == 3)
        .anyMatch(request -> request.lastUserText().contains("30 seconds"));
    JsonNode module = trainer.client().get("/api/modules/" + id).json();
    assertThat(module.path("thumbnails").size()).isEqualTo(status.path("steps").size());
    assertThat(kept(id).seconds()).isCloseTo(30, within(0.3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mpeg4_ac3.mkv", "hevc_ac3.mkv", "cover_first.mp4", "undecodable_first_sound.mp4"})
  void whatBrowsersDoNotPlayIsWrittenAnew(String name) throws Exception {
    String id = ready(name, sample(name));

    VideoLook look = kept(id);
    assertThat(requireNonNull(look.picture()).width()).isEqualTo(160);
    assertThat(look.sound()).isEqualTo(new SoundTrack(1, "aac", "LC"));
    assertThat(trainer.client().get("/uploads/" + id + ".mp4").header("content-type"))
        .isEqualTo("video/mp4");
    JsonNode module = trainer.client().get("/api/modules/" + id).json();
    BufferedImage picture = picture(module.path("thumbnails").path(0).path("url").asString(""));
    assertThat(picture.getWidth() * 3).isEqualTo(picture.getHeight() * 4);
  }

  @Test
  void whereAndWithWhatItWasTakenIsForNobody() throws Exception {
    String id = ready("placed.mp4", sample("placed.mp4"));

    for (String path :
        List.of("/uploads/" + id + ".mp4", "/api/share/" + trainer.share(id) + "/video")) {
      Client client = path.startsWith("/api/share/") ? server.anybody() : trainer.client();
      var answer =
          client.http().send(client.request(path).GET().build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(new String(answer.body(), ISO_8859_1))
          .doesNotContain("51.4779", "PhoneMaker", "quicktime", "2026");
    }
  }

  @Test
  void aFileWithoutAPictureFailsAtOnce() throws Exception {
    Path song = data.resolve("song.mp4");
    Videos.ffmpeg(
        List.of(
            "-v", "error", "-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac", "-y", song.toString()));
    try (ServerLogs logs = new ServerLogs()) {
      String id =
          VideoTrainer.accepted(
              trainer.upload(VideoTrainer.FormPart.video("song.mp4"), Videos.bytes(song)));

      JsonNode failed = trainer.awaitStatus(id, "failed");

      assertThat(failed.path("error").asString(""))
          .isEqualTo("The file has no picture, only sound. Please upload a video with a picture.");
      assertThat(
              logs.lines(Level.INFO).stream()
                  .filter(line -> line.contains("AI processing started")))
          .hasSize(1);
      assertThat(server.bean(HandoffProperties.class).dataDir().resolve("uploads/training/" + id))
          .doesNotExist();
    }
  }
}
