package dev.handoff.testing;

import dev.handoff.testing.PostgresServer.Durability;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server that is unpacked from a jar, with data and a port of its own.
final class EmbeddedServer implements AutoCloseable {
  // Unpacking the first time takes 6 s on a quiet machine.
  private static final Duration START = Duration.ofSeconds(60);
  private static final int LAST_LINES = 20;

  private final Path data;
  // Not with the data: the folder has to be empty when the server is created, and its disk may be
  // full.
  private final Path output = newFolder().resolveSibling(UUID.randomUUID() + ".log");
  private final ReservedPort port;
  private final Durability keeping;
  private @Nullable EmbeddedPostgres running;

  private EmbeddedServer(Path data, ReservedPort port, Durability keeping) {
    this.data = data;
    this.port = port;
    this.keeping = keeping;
  }

  static EmbeddedServer start(Durability keeping) {
    return start(keeping, newFolder());
  }

  static EmbeddedServer start(Durability keeping, Path data) {
    EmbeddedServer server = new EmbeddedServer(data, ReservedPort.any(), keeping);
    return server.startedOrClosed(() -> {});
  }

  /// Creates a standby that follows this server under this name.
  EmbeddedServer startStandby(String name) {
    EmbeddedServer standby = new EmbeddedServer(newFolder(), ReservedPort.any(), keeping);
    return standby.startedOrClosed(() -> {
      StandbyBackup.copy(address(), data, standby.data);
      StandbyBackup.follow(standby.data, port.number(), name);
    });
  }

  private EmbeddedServer startedOrClosed(Runnable prepare) {
    try {
      prepare.run();
      startAgain();
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  // In the library's folder, which it cleans of what a killed test left behind.
  private static Path newFolder() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "embedded-pg", UUID.randomUUID().toString());
  }

  PostgresAddress address() {
    return new PostgresAddress(
        "jdbc:postgresql://localhost:" + port.number() + "/postgres", "postgres", "postgres");
  }

  synchronized void startAgain() {
    if (running != null) {
      throw new IllegalStateException("the server is running");
    }
    try {
      running =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port.number())
              .setPGStartupWait(START)
              .setServerConfig("fsync", keeping == Durability.DURABLE ? "on" : "off")
              .setServerConfig("full_page_writes", keeping == Durability.DURABLE ? "on" : "off")
              // The library turns it off, and a crash of the server would lose commits.
              .setServerConfig("synchronous_commit", "on")
              // Several pools and several applications share it.
              .setServerConfig("max_connections", "300")
              .start();
      // The server goes on writing to it, and a test that is killed leaves no file behind.
      Files.deleteIfExists(output);
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(
          "the embedded PostgreSQL does not start; the last it said: " + lastOutput(), e);
    }
  }

  private String lastOutput() {
    try {
      List<String> all = Files.readAllLines(output);
      Files.delete(output);
      return String.join(" | ", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
    } catch (IOException e) {
      return "unknown, " + e;
    }
  }

  synchronized void stop() {
    if (running != null) {
      try {
        running.close();
        Files.deleteIfExists(output);
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded PostgreSQL does not stop", e);
      }
      running = null;
    }
  }

  synchronized void crash() {
    List<ProcessHandle> processes = new ArrayList<>();
    postmaster()
        .ifPresent(first -> {
          // A session that it opens between the list and the kill would go on, and no server starts
          // on data that another one's session still uses.
          freezePostmaster();
          processes.add(first);
          first.descendants().forEach(processes::add);
        });
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      process.onExit().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    }
    forgetPostmaster();
    stop();
  }

  // Its number soon belongs to another process or thread of this machine, which the next start
  // would take for this server, and a stop would send a signal to.
  private void forgetPostmaster() {
    try {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Suspends all processes of the server until [#thaw].
  synchronized void freeze() {
    ProcessHandle first = postmaster().orElseThrow();
    signal("STOP", Stream.concat(Stream.of(first), first.descendants()).toList());
  }

  /// Suspends the process that accepts connections; open connections keep working.
  synchronized void freezePostmaster() {
    signal("STOP", postmaster().stream().toList());
  }

  synchronized void thaw() {
    ProcessHandle first = postmaster().orElseThrow();
    signal("CONT", Stream.concat(Stream.of(first), first.descendants()).toList());
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // A backend may have ended meanwhile.
      if (kill.waitFor() != 0 && !said.contains("No such process")) {
        throw new IllegalStateException(String.join(" ", command) + " did not work: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server is frozen or thawed", e);
    }
  }

  private Optional<ProcessHandle> postmaster() {
    try {
      String first = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
      return ProcessHandle.of(Long.parseLong(first.strip()));
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL is not running", e);
    }
  }

  @Override
  public synchronized void close() {
    stop();
    port.close();
    if (!Files.exists(data)) {
      return;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("the data of a test's PostgreSQL is left in " + data + ": " + e);
    }
  }
}
