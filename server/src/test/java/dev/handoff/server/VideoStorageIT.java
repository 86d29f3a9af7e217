package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Storage that fails under uploads and under their processing (V7): clear answers, nothing lost,
/// nothing left behind.
final class VideoStorageIT {
  private static final String NOT_STORED = "The server could not read or write the video's files.";
  private static final String SOON = "handoff.systems.training-videos.retry-wait=50ms";

  @TempDir private Path folder;

  @Test
  void whereAFileIsInTheFoldersPlaceAnUploadSaysThatItFailed() throws IOException {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true", SOON)) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      String id = trainer.ready(Videos.silent());
      Path uploads = folder.resolve("uploads/training");
      Path aside = Files.move(uploads, folder.resolve("uploads/aside"));
      Files.writeString(uploads, "no folder");

      HttpAnswer failed =
          trainer.upload(VideoTrainer.FormPart.video("a.mp4"), Videos.bytes(Videos.silent()));

      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo(json("{'error':'Upload failed'}"));
      assertThat(trainer.client().get("/api/modules").json().path("modules").size()).isEqualTo(1);
      HttpAnswer video = trainer.client().get("/uploads/" + id + ".mp4");
      assertThat(video.status()).isEqualTo(500);
      assertThat(video.body())
          .startsWith(json("{'error':"))
          .doesNotContain(folder.toString(), "aside");
      assertThat(Files.readString(uploads)).isEqualTo("no folder");
      Files.delete(uploads);
      Files.move(aside, uploads);
      assertThat(trainer.client().get("/uploads/" + id + ".mp4").status()).isEqualTo(200);
      var _ = trainer.ready(Videos.silent());
    }
  }

  @Test
  void storageThatFailsThreeTimesLeavesTheStepsFromBefore() throws IOException {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true", SOON)) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      String id = trainer.ready(Videos.silent());
      // No picture can be written where a folder is.
      Path picture = files(id).resolve("thumbnail-1.jpg");
      Files.delete(picture);
      Files.createDirectory(picture);
      Files.writeString(picture.resolve("in the way"), "");

      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      JsonNode failed = trainer.awaitStatus(id, "ready");

      assertThat(failed.path("error").asString("")).isEqualTo(NOT_STORED);
      assertThat(failed.path("steps").size()).as("those from before").isEqualTo(3);
      assertThat(attempts(trainer, id)).isEqualTo(3);
      awaitOnly(files(id), id + ".mp4", "clean", "thumbnail-");
      Files.delete(picture.resolve("in the way"));
      Files.delete(picture);
      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      var _ = trainer.awaitStatus(id, "ready");
      assertThat(names(files(id)))
          .containsExactlyInAnyOrder(
              id + ".mp4", "clean", "thumbnail-1.jpg", "thumbnail-2.jpg", "thumbnail-3.jpg");
    }
  }

  private static int attempts(VideoTrainer trainer, String id) {
    String task = trainer.client().get("/api/modules/" + id).text("taskId");
    return trainer.client().get("/api/v1/tasks/" + task).json().path("attempt").asInt();
  }

  @Test
  void whatTheDatabaseDoesNotTakeLeavesNoFile() throws IOException {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true", SOON)) {
      VideoTrainer trainer = new VideoTrainer(server.as("trainer@demo.test"));
      JdbcClient sql = server.bean(JdbcClient.class);
      var _ = sql.sql("alter table training_module rename to training_module_away").update();

      HttpAnswer failed =
          trainer.upload(VideoTrainer.FormPart.video("a.mp4"), Videos.bytes(Videos.silent()));
      HttpAnswer status = trainer.status("0000000000000000000000000");

      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo(json("{'error':'Upload failed'}"));
      assertThat(status.status()).isEqualTo(500);
      assertThat(status.body()).isEqualTo(json("{'error':'Status check failed'}"));
      assertThat(names(folder.resolve("uploads/training"))).isEmpty();
      var _ = sql.sql("alter table training_module_away rename to training_module").update();
      var _ = trainer.ready(Videos.silent());
    }
  }

  @Test
  void aFullDiskFailsWhatItDoesNotTakeAndLosesNothing() throws Exception {
    assumeTrue(SmallDisk.isPossible(), "no disk can be mounted here");
    SmallDisk disk = new SmallDisk(Files.createDirectories(folder.resolve("uploads/training")), 6);
    try (KillableServer server = KillableServer.on(disk, folder, SOON)) {
      VideoTrainer trainer = new VideoTrainer(server.start().as("trainer@demo.test"));
      Path files = disk.seenBy(server.pid());
      HttpAnswer large =
          trainer.upload(VideoTrainer.FormPart.video("large.mp4"), Videos.unreadable(8 << 20));
      assertThat(large.status()).isEqualTo(500);
      assertThat(large.body()).isEqualTo(json("{'error':'Upload failed'}"));
      assertThat(names(files)).isEmpty();
      assertThat(trainer.client().get("/api/modules").json().path("modules").size()).isZero();

      String id = trainer.ready(Videos.silent());
      List<String> before = names(files.resolve(id));
      SmallDisk.fill(files.resolve("filler"));
      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      assertThat(trainer.awaitStatus(id, "ready").path("error").asString("")).isEqualTo(NOT_STORED);
      awaitOnly(files.resolve(id), before.toArray(String[]::new));

      Files.delete(files.resolve("filler"));
      assertThat(trainer.client().post("/api/reprocess/" + id).status()).isEqualTo(202);
      var _ = trainer.awaitStatus(id, "ready");
      assertThat(names(files.resolve(id))).isEqualTo(before);
    }
  }

  private Path files(String id) {
    return folder.resolve("uploads/training").resolve(id);
  }

  // What a processing left half done goes after its end was written down.
  private static void awaitOnly(Path folder, String... beginnings) {
    await()
        .untilAsserted(() ->
            assertThat(names(folder))
                .allMatch(name -> Stream.of(beginnings).anyMatch(name::startsWith)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
