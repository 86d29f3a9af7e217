package dev.handoff.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The build of `@handoff/client`, in Node, speaks with the real server: every call that it has.
final class NodeClientIT {
  private static final Path BUILD =
      Path.of(System.getProperty("handoff.root"), "web", "packages", "client", "dist", "index.js");

  @TempDir private Path data;

  @Test
  void everyCallOfTheClientWorks() throws Exception {
    Path script =
        Path.of(Objects.requireNonNull(getClass().getResource("/node-client.mjs")).toURI());
    Path output = data.resolve("output");
    try (ServerProcess server = ServerProcess.start(data);
        Direct asha = Direct.as("asha@demo.test", server)) {
      Process node =
          new ProcessBuilder(
                  "node",
                  script.toString(),
                  BUILD.toString(),
                  server.url("").toString(),
                  asha.token())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = node.waitFor(ServerProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      node.destroyForcibly();

      String said = Files.readString(output);
      assertThat(ended).as(said).isTrue();
      assertThat(node.waitFor()).as(said).isZero();
      assertThat(said).contains("all as it should be");
    }
  }
}
