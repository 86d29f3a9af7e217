package dev.handoff.systems.trainingvideos.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Runs programs, a few at a time, each bounded in time, memory, the size of its files and what it
/// may say. They give way to the server, know nothing of its environment, which may hold secrets,
/// and where the system allows it they have no network. A process lives no longer than the call
/// that started it, and none longer than this. Safe for use by many threads.
final class ChildProcesses implements AutoCloseable {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final int FILE_BLOCK = 512;

  private static final int LONGEST_COMPLAINT = 2_000;
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final Duration timeLimit;
  private final long memoryKibibytes;
  private final long largestFile;
  private final Semaphore slots;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ChildProcesses(FfmpegSettings settings) {
    this.timeLimit = settings.timeLimit();
    this.memoryKibibytes = settings.memory().toKilobytes();
    this.largestFile = settings.largestFile().toBytes();
    this.slots = new Semaphore(settings.processes(), true);
  }

  /// What to run, and how much of its answer is read.
  ///
  /// @param words the program's path first: there is no `PATH` to look it up
  /// @param environment all that the program knows
  record Command(List<String> words, Map<String, String> environment, int mostOutput) {
    Command {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }
  }

  /// What the program said on its standard output, cut at the most.
  ///
  /// @throws MediaException when it failed, took too long, or this is closed
  /// @throws InterruptedException when this thread was interrupted; the process is then killed
  String run(Command command) throws InterruptedException {
    slots.acquire();
    try {
      return runNow(command);
    } catch (IOException e) {
      throw new UncheckedIOException("a program could not be run", e);
    } finally {
      slots.release();
    }
  }

  private String runNow(Command command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(limited(command.words()));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    Process process = builder.start();
    running.add(process);
    try {
      // Whoever closed this did not see it.
      if (closed) {
        throw new MediaException("no programs are run any more");
      }
      process.getOutputStream().close();
      CompletableFuture<String> said = read(process.getInputStream(), command.mostOutput());
      CompletableFuture<String> complained = read(process.getErrorStream(), LONGEST_COMPLAINT);
      if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new MediaException("the program took longer than " + timeLimit);
      }
      if (process.exitValue() != 0) {
        throw new MediaException(
            "the program ended with " + process.exitValue() + ": " + complained.join().strip());
      }
      return said.join();
    } finally {
      process.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      running.remove(process);
    }
  }

  // The shell is replaced by the program, so that killing the process kills it. Its own limits also
  // end it when this process was killed and nobody watches the time any more.
  private List<String> limited(List<String> words) {
    if (!Files.isExecutable(SHELL)) {
      return words;
    }
    // What is missing on a system is left out.
    String limits =
        """
        ulimit -v %d; ulimit -t %d; ulimit -f %d
        command -v nice > /dev/null && set -- nice -n 10 "$@"
        unshare --net --map-root-user true 2> /dev/null && set -- unshare --net --map-root-user "$@"
        exec "$@"
        """
            .formatted(
                memoryKibibytes, Math.max(1, timeLimit.toSeconds()), largestFile / FILE_BLOCK);
    List<String> all = new ArrayList<>(List.of(SHELL.toString(), "-c", limits, "limited"));
    all.addAll(words);
    return all;
  }

  // Reads to the end, so that the program never waits for its reader, but keeps only so much.
  private static CompletableFuture<String> read(InputStream stream, int most) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            byte[] kept = stream.readNBytes(most);
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
          } catch (IOException closedByItsEnd) {
            return "";
          }
        },
        THREADS);
  }

  @Override
  public void close() {
    closed = true;
    running.forEach(Process::destroyForcibly);
  }
}
