package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is asked to end while FFmpeg works for it: no process of it stays, and the next
/// server makes the video ready. The FFmpeg is an installed one, named by its setting.
@EnabledOnOs({OS.LINUX, OS.MAC})
final class StoppedVideoIT {
  @TempDir private Path folder;

  @Test
  void noProcessOutlivesTheServerAndTheVideoGoesOn() throws IOException {
    Path tools = installed();
    Path process = tools.resolve("process");
    try (KillableServer server =
        KillableServer.over(
            folder,
            "handoff.ffmpeg.path=" + tools.resolve("ffmpeg"),
            "handoff.worker.drain=500ms")) {
      VideoTrainer before = new VideoTrainer(server.start().as("trainer@demo.test"));
      String id = before.uploaded("forklift.mp4", Videos.silent());
      await().until(() -> Files.exists(process) && Files.size(process) > 1);
      ProcessHandle ffmpeg =
          ProcessHandle.of(Long.parseLong(Files.readString(process).strip())).orElseThrow();
      List<ProcessHandle> children =
          ProcessHandle.of(server.pid()).orElseThrow().descendants().toList();
      assertThat(children).contains(ffmpeg);
      Files.createFile(tools.resolve("fast"));

      server.terminate();

      assertThat(children).noneMatch(ProcessHandle::isAlive);
      VideoTrainer after = new VideoTrainer(server.start().as("trainer@demo.test"));
      JsonNode ready = after.awaitStatus(id, "ready");
      // The look that was broken off was made again, not left out.
      assertThat(ready.path("steps").valueStream().map(step -> step.path("start").asDouble()))
          .containsExactly(0.0, 8.0, 14.0);
      assertThat(after.client().get("/api/modules/" + id).json().path("thumbnails").size())
          .isEqualTo(3);
    }
  }

  // It reads a second of video in ten, until the file says that it may be fast.
  private Path installed() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    Path ffprobe = Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class));
    String head = "#!/bin/sh\nexport LD_LIBRARY_PATH='%s'\n".formatted(ffmpeg.getParent());
    script(
        tools.resolve("ffmpeg"),
        head
            + """
            if [ ! -e '%s/fast' ]; then
              echo $$ > '%s/process'
              exec '%s' -readrate 0.1 "$@"
            fi
            exec '%s' "$@"
            """
                .formatted(tools, tools, ffmpeg, ffmpeg));
    script(tools.resolve("ffprobe"), head + "exec '%s' \"$@\"\n".formatted(ffprobe));
    return tools;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
