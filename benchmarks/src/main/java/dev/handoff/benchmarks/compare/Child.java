package dev.handoff.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process of its own: a measured one, or a store's server. Killed when closed, and with this
/// process.
final class Child implements AutoCloseable {
  private static final String END = "end of output";
  private static final int ERROR_LINES = 20;

  private final Process process;
  private final Path errors;
  private final BlockingQueue<OutputLine> lines = new LinkedBlockingQueue<>();
  private final Thread reader = new Thread(this::read);
  private final Thread killer;

  /// A line of its output and when it came, in nanoseconds.
  record OutputLine(String text, long at) {
    /// Whether it begins with this word.
    boolean says(String word) {
      return text.equals(word) || text.startsWith(word + " ");
    }

    /// The number after the first word.
    long number() {
      return Long.parseLong(text.substring(text.indexOf(' ') + 1));
    }

    private boolean isLast() {
      return text.equals(END);
    }
  }

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.killer = new Thread(process::destroyForcibly);
  }

  static Child start(List<String> command) throws IOException {
    Path errors = Files.createTempFile("handoff-compare", ".err");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    Child child = new Child(process, errors);
    Runtime.getRuntime().addShutdownHook(child.killer);
    child.reader.setDaemon(true);
    child.reader.start();
    return child;
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(new OutputLine(line, System.nanoTime()));
      }
    } catch (IOException gone) {
      // The same as its end.
    }
    lines.add(new OutputLine(END, System.nanoTime()));
  }

  /// The next line, waited for no longer than this; nothing when the time is over.
  ///
  /// @throws IllegalStateException when the process is over, with its errors
  Optional<OutputLine> next(Duration longest) throws InterruptedException {
    OutputLine line = lines.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (line != null && line.isLast()) {
      throw new IllegalStateException("ended early: " + errors());
    }
    return Optional.ofNullable(line);
  }

  void await(String word, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    Optional<OutputLine> line;
    do {
      line = next(Duration.ofNanos(end - System.nanoTime()));
      if (line.isEmpty()) {
        throw new IllegalStateException("did not say " + word + " in " + longest);
      }
    } while (!line.get().says(word));
  }

  /// Waits for its end.
  ///
  /// @return all it said
  /// @throws IllegalStateException when it fails or takes longer
  List<OutputLine> finish(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("took more than " + longest.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("failed: " + errors());
    }
    reader.join();
    return lines.stream().filter(line -> !line.isLast()).toList();
  }

  /// Tells a measured process to go on.
  void go() throws IOException {
    process.getOutputStream().write("go\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /// Kills the process with SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Stops the process with SIGSTOP, without ending it.
  void freeze() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
  }

  private String errors() {
    try (Stream<String> all = Files.lines(errors)) {
      return all.filter(line -> !line.startsWith("\tat "))
          .limit(ERROR_LINES)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(killer);
    Files.deleteIfExists(errors);
  }
}
