package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the lines of docs/quickstart-curl.md, in their order, in one shell.
final class CurlQuickstartTest {
  private static final Path PAGE =
      Path.of(System.getProperty("handoff.root", ".."), "docs", "quickstart-curl.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @Test
  void theLinesOfThePageWork(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true")) {
      Path output = folder.resolve("output");
      Process shell =
          new ProcessBuilder("bash", "-c", script(server.baseUrl()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();

      boolean ended = shell.waitFor(TestServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      shell.destroyForcibly();
      String shown = Files.readString(output);
      assertThat(ended).as(shown).isTrue();
      assertThat(shell.exitValue()).as(shown).isZero();
      assertThat(shown).contains("taskCompleted", json("'generated_by_ai':false"), json("'next':"));
    }
  }

  // A call that is refused ends the script.
  private static String script(String baseUrl) throws Exception {
    String blocks =
        BLOCK
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"));
    assertThat(blocks).contains("HANDOFF=http://localhost:8080");
    return "set -euo pipefail\ncurl() { command curl --fail-with-body --max-time 60 \"$@\"; }\n"
        + blocks.replace("http://localhost:8080", baseUrl);
  }
}
