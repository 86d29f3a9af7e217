package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.ChildProcesses.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs FFmpeg's two programs, where they are. Safe for use by many threads.
final class Ffmpeg implements AutoCloseable {
  // A disk with less to give is full: whatever failed on it, failed for that.
  private static final long LEAST_SPACE = 1024 * 1024;

  private final FfmpegSettings settings;
  private final ChildProcesses processes;
  private volatile @Nullable FoundProgram found;

  /// Looks for FFmpeg at the first call, which takes some seconds when it has to be unpacked.
  Ffmpeg(FfmpegSettings settings) {
    this.settings = settings;
    this.processes = new ChildProcesses(settings);
  }

  private record FoundProgram(Optional<FfmpegProgram> program) {}

  boolean isThere() {
    return program().isPresent();
  }

  private Optional<FfmpegProgram> program() {
    FoundProgram known = found;
    if (known == null) {
      known = new FoundProgram(FfmpegProgram.find(settings.path(), System.getenv("PATH")));
      found = known;
    }
    return known.program();
  }

  /// What ffprobe says, cut at the most.
  String probe(List<String> words, int mostOutput) throws InterruptedException {
    return run(required().ffprobe(), words, mostOutput);
  }

  /// What ffmpeg says on its standard output, cut at the most.
  String run(List<String> words, int mostOutput) throws InterruptedException {
    return run(required().ffmpeg(), words, mostOutput);
  }

  /// Has this file written.
  ///
  /// @throws IOException when the disk does not take it
  void write(Path file, List<String> words) throws IOException, InterruptedException {
    // A process that outlived a killed server goes on with its own file, not with this one.
    Files.deleteIfExists(file);
    try {
      var _ = run(words, 0);
    } catch (MediaException failed) {
      requireSpace(file, failed);
      throw failed;
    }
    if (!hasContent(file)) {
      requireSpace(file, null);
    }
  }

  static boolean hasContent(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  // What FFmpeg says of a full disk, and whether it says anything, depends on what it writes; the
  // disk itself can be asked.
  private static void requireSpace(Path file, @Nullable MediaException failed) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    if (Files.getFileStore(folder).getUsableSpace() < LEAST_SPACE || !Files.isWritable(folder)) {
      throw new IOException("the disk takes no more", failed);
    }
  }

  private FfmpegProgram required() {
    return program().orElseThrow(() -> new MediaException("FFmpeg is not on this machine"));
  }

  private String run(Path program, List<String> words, int mostOutput) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(program.toString()));
    all.addAll(words);
    Map<String, String> environment =
        required()
            .libraries()
            .map(folder -> Map.of("LD_LIBRARY_PATH", folder.toString(), "MALLOC_ARENA_MAX", "1"))
            .orElse(Map.of("MALLOC_ARENA_MAX", "1"));
    return processes.run(new Command(all, environment, mostOutput));
  }

  @Override
  public void close() {
    processes.close();
  }
}
