package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real process with 200 tasks running and 200 waiting, and a second one on the same
/// file.
final class CrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Map<String, List<Long>> seen = new TreeMap<>();
  private final Map<String, String> last = new TreeMap<>();

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void allEndNoneTwiceNoStepAgainAndStreamsGoOnWhereTheyWere() throws Exception {
    killWhenAllSlotsAreBusy(start());
    int runningAtTheKill = seenTasksWith(CrashNode.CHUNKS + 2);
    writeWhatWasSeen();

    Process second = start();
    read(second);
    boolean ended = second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(ended).isTrue();
    assertThat(second.exitValue()).isZero();
    assertThat(runningAtTheKill).isEqualTo(CrashNode.SLOTS);
    assertThat(last).hasSize(CrashNode.TASKS);
    assertThat(last.values()).containsOnly("TaskCompleted");
    assertThat(seen.values())
        .allSatisfy(numbers ->
            assertThat(numbers)
                .containsExactlyElementsOf(
                    LongStream.rangeClosed(1, numbers.size()).boxed().toList()));
    assertThat(lines("paid")).hasSize(CrashNode.TASKS).doesNotHaveDuplicates();
    assertThat(lines("finished")).hasSize(CrashNode.TASKS).doesNotHaveDuplicates();
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            CrashNode.class.getName(),
            folder.toString())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private void killWhenAllSlotsAreBusy(Process first) throws Exception {
    Set<String> busy = new HashSet<>();
    try (BufferedReader lines = first.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!note(line)) {
          continue;
        }
        String task = line.substring(0, line.indexOf(' '));
        // Submitted, started, and all its chunks: now its handler hangs.
        if (seen.getOrDefault(task, List.of()).size() == CrashNode.CHUNKS + 2
            && busy.add(task)
            && busy.size() == CrashNode.SLOTS) {
          // By its handle, so that what it had written can still be read.
          first.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue())
        .as("killed; its errors: %s", Files.readString(folder.resolve("errors")))
        .isEqualTo(137);
  }

  private void read(Process second) throws IOException {
    try (BufferedReader lines = second.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(line);
      }
    }
  }

  // A line that the kill cut short has no full stop; nobody has seen it.
  private boolean note(String line) {
    if (!line.endsWith(" .")) {
      return false;
    }
    String[] parts = line.split(" ", -1);
    seen.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(Long.parseLong(parts[1]));
    last.put(parts[0], parts[2]);
    return true;
  }

  private int seenTasksWith(int events) {
    return (int) seen.values().stream().filter(numbers -> numbers.size() == events).count();
  }

  private void writeWhatWasSeen() throws IOException {
    List<String> lines = new ArrayList<>();
    seen.forEach((task, numbers) -> lines.add(task + " " + numbers.getLast()));
    Files.write(folder.resolve("seen"), lines);
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }
}
