package dev.handoff.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.server.Videos;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Six videos of 80 MB at once, sent to a server whose heap could not hold them.
final class LargeVideosIT {
  private static final Logger LOG = LoggerFactory.getLogger(LargeVideosIT.class);
  private static final int VIDEOS = 6;
  private static final int SIZE = 80 << 20;
  private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  @TempDir private Path data;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void sixLargeVideosAtOnceFitIntoASmallHeap() throws Exception {
    Path form = form(Videos.silent());
    try (ServerProcess server = ServerProcess.start(data)) {
      String token = login(server);
      long before = liveHeap(server);
      List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
      for (int number = 0; number < VIDEOS; number++) {
        uploads.add(
            http.sendAsync(
                HttpRequest.newBuilder(server.url("/api/upload"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "multipart/form-data; boundary=b0undary")
                    .POST(BodyPublishers.ofFile(form))
                    .build(),
                BodyHandlers.ofString()));
      }
      long most = 0;
      while (!uploads.stream().allMatch(CompletableFuture::isDone)) {
        most = Math.max(most, liveHeap(server));
      }
      for (CompletableFuture<HttpResponse<String>> upload : uploads) {
        assertThat(upload.get().statusCode()).as(upload.get().body()).isEqualTo(201);
        String id = text(upload.get().body(), "moduleId");
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () -> text(get(server, "/api/upload/status/" + id, token), "status"),
                "ready"::equals);
      }
      long after = liveHeap(server);

      LOG.info("live heap: {} bytes, during uploads {}, afterwards {}", before, most, after);
      assertThat(most - before).isLessThan(32 << 20);
      assertThat(after - before).isLessThan(32 << 20);
    }
  }

  private String login(ServerProcess server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.url("/api/auth/login/"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"username\":\"trainer@demo.test\",\"password\":\"handoff\"}"))
            .build();
    return text(http.send(request, BodyHandlers.ofString()).body(), "access");
  }

  private String get(ServerProcess server, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.url(path)).header("Authorization", "Bearer " + token).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static String text(String json, String field) {
    return JsonMapper.shared().readTree(json).path(field).asString("");
  }

  // Bytes of live objects: the histogram collects garbage first, and counts in the same pause.
  private static long liveHeap(ServerProcess server) throws Exception {
    String histogram = jcmd(server, "GC.class_histogram");
    Matcher total = LIVE.matcher(histogram);
    assertThat(total.find()).as(histogram).isTrue();
    return Long.parseLong(total.group(1));
  }

  private static String jcmd(ServerProcess server, String command) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  // A real video with a part of zeros that every player leaves out.
  private Path form(Path video) throws IOException {
    Path form = data.resolve("form");
    byte[] real = Files.readAllBytes(video);
    int zeros = SIZE - real.length;
    try (OutputStream out = Files.newOutputStream(form)) {
      out.write(
          String.join(
                  "\r\n",
                  "--b0undary",
                  "Content-Disposition: form-data; name=\"file\"; filename=\"large.mp4\"",
                  "Content-Type: video/mp4",
                  "",
                  "")
              .getBytes(StandardCharsets.UTF_8));
      out.write(real);
      out.write(
          new byte[] {
            (byte) (zeros >>> 24), (byte) (zeros >>> 16), (byte) (zeros >>> 8), (byte) zeros
          });
      out.write("free".getBytes(StandardCharsets.UTF_8));
      out.write(new byte[zeros - 8]);
      out.write("\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8));
    }
    return form;
  }
}
