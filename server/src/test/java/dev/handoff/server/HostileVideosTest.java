package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.spring.HandoffProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Files that are not what they say (V3): a clear answer or a failed module, and nothing left on
/// the disk.
final class HostileVideosTest {
  private static final long MEGABYTE = 1L << 20;

  private static TestServer server;
  private static VideoTrainer trainer;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.systems.training-videos.retry-wait=50ms");
    trainer = new VideoTrainer(server.as("trainer@demo.test"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLeft() {
    await().untilAsserted(() -> assertThat(files()).isEmpty());
  }

  @Test
  void noFileIsRefused() {
    HttpAnswer noFile =
        trainer.upload(new VideoTrainer.FormPart("other", "a.mp4", "video/mp4"), Videos.lasting(5));
    assertThat(noFile.status()).isEqualTo(400);
    assertThat(noFile.body()).isEqualTo(json("{'error':'No file uploaded'}"));
    assertThat(trainer.client().post("/api/upload", "{}").body())
        .isEqualTo(json("{'error':'No file uploaded'}"));
    assertThat(
            trainer
                .client()
                .call("POST", "/api/upload", "multipart/form-data; boundary=b0undary", new byte[0])
                .body())
        .isEqualTo(json("{'error':'No file uploaded'}"));
  }

  @Test
  void whatIsNoVideoIsRefusedWhateverItIsCalled() throws IOException {
    byte[] text = "This is no video, whatever its name says.".getBytes(StandardCharsets.UTF_8);
    for (VideoTrainer.FormPart part :
        List.of(
            new VideoTrainer.FormPart("file", "a.txt", "text/plain"),
            VideoTrainer.FormPart.video("a.mp4"),
            new VideoTrainer.FormPart("file", "a.mp4", "application/octet-stream"))) {
      HttpAnswer refused = trainer.upload(part, text);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).isEqualTo(json("{'error':'Only video files are allowed'}"));
    }
    assertThat(trainer.upload(VideoTrainer.FormPart.video("a.mp4"), zipBomb()).body())
        .isEqualTo(json("{'error':'Only video files are allowed'}"));
    // A list of addresses, which some players would open.
    byte[] playlist = "#EXTM3U\nhttp://127.0.0.1/secret".getBytes(StandardCharsets.UTF_8);
    assertThat(trainer.upload(VideoTrainer.FormPart.video("a.mp4"), playlist).status())
        .isEqualTo(400);
  }

  private static byte[] zipBomb() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("zeros"));
      entries.write(new byte[20 << 20]);
    }
    return zip.toByteArray();
  }

  @Test
  void anEmptyFileIsRefused() {
    HttpAnswer refused = trainer.upload(VideoTrainer.FormPart.video("a.mp4"), new byte[0]);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo(json("{'error':'File appears to be empty. Please upload a valid video file.'}"));
  }

  @Test
  void aLittleTooMuchIsReadToItsEndAndRefused() {
    HttpAnswer withLength = send(101 * MEGABYTE, true);
    HttpAnswer withoutLength = send(101 * MEGABYTE, false);

    for (HttpAnswer refused : List.of(withLength, withoutLength)) {
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.body())
          .isEqualTo(json("{'error':'File too large. Maximum 100MB allowed.'}"));
    }
  }

  // With this many bytes of a file, and with or without its length said beforehand.
  private static HttpAnswer send(long size, boolean sized) {
    byte[] form = VideoTrainer.form(VideoTrainer.FormPart.video("a.mp4"), Videos.lasting(5));
    byte[] end = "\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] begin = Arrays.copyOf(form, form.length - end.length);
    byte[] piece = new byte[(int) MEGABYTE];
    InputStream zeros =
        new SequenceInputStream(
            Collections.enumeration(
                Stream.<InputStream>concat(
                        Stream.of(new java.io.ByteArrayInputStream(begin)),
                        Stream.concat(
                            Stream.generate(() -> new java.io.ByteArrayInputStream(piece))
                                .limit(size / MEGABYTE),
                            Stream.of(new java.io.ByteArrayInputStream(end))))
                    .toList()));
    var body = BodyPublishers.ofInputStream(() -> zeros);
    return trainer
        .client()
        .send(
            trainer
                .client()
                .request("/api/upload")
                .header("Content-Type", "multipart/form-data; boundary=b0undary")
                .POST(
                    sized
                        ? BodyPublishers.fromPublisher(body, begin.length + size + end.length)
                        : body));
  }

  @Test
  void tenHoursAreTooLong() {
    HttpAnswer refused =
        trainer.upload(VideoTrainer.FormPart.video("a.mp4"), Videos.lasting(36_000));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo(json("{'error':'Video is too long. Maximum 4 hours allowed.'}"));
  }

  @Test
  void aTruncatedVideoFails() {
    byte[] whole = Videos.bytes(Videos.real());
    String id =
        VideoTrainer.accepted(
            trainer.upload(
                VideoTrainer.FormPart.video("a.mp4"), Arrays.copyOf(whole, whole.length / 2)));

    JsonNode failed = trainer.awaitStatus(id, "failed");

    assertThat(failed.path("error").asString("")).startsWith("The video could not be read.");
  }

  @Test
  void aPathIsNoName() {
    for (String name :
        List.of("../../../../tmp/evil.mp4", "/etc/passwd.mp4", "C:\\\\windows\\\\evil.mp4")) {
      String id =
          VideoTrainer.accepted(
              trainer.upload(VideoTrainer.FormPart.video(name), Videos.unreadable(5_000)));
      assertThat(trainer.status(id).json().path("title").asString("")).isIn("evil", "passwd");
      var _ = trainer.awaitStatus(id, "failed");
    }
    assertThat(Path.of("/tmp/evil.mp4")).doesNotExist();
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    URI address = URI.create(trainer.client().baseUrl());
    byte[] form =
        VideoTrainer.form(VideoTrainer.FormPart.video("a.mp4"), Videos.unreadable(300_000));
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String head =
          "POST /api/upload HTTP/1.1\r\nHost: x\r\n"
              + trainer.client().headers().getFirst()
              + ": "
              + trainer.client().headers().getLast()
              + "\r\nContent-Type: multipart/form-data; boundary=b0undary\r\nContent-Length: 9000000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(form, 0, form.length - 20);
      socket.getOutputStream().flush();
      await().until(() -> !files().isEmpty());
    }
    await().untilAsserted(() -> assertThat(files()).isEmpty());
    assertThat(trainer.client().get("/api/modules").json().path("modules").toString())
        .doesNotContain(json("'status':'processing'"));
  }

  private static List<Path> files() throws IOException {
    Path uploads =
        server.bean(HandoffProperties.class).dataDir().resolve("uploads").resolve("training");
    try (Stream<Path> files = Files.walk(uploads)) {
      return files.filter(file -> !file.equals(uploads)).toList();
    }
  }
}
