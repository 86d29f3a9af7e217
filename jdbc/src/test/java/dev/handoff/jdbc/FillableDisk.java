package dev.handoff.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A file system in memory that can be made full, for a database's data. Mounting one needs Linux
/// and root. Used by one thread.
final class FillableDisk implements AutoCloseable {
  private static final String ROOMY = "4g";

  private static final int ATTEMPTS = 10;

  private final Path root;

  private FillableDisk(Path root) {
    this.root = root;
  }

  /// Mounts one there; nothing, and a line saying so, where that is not allowed.
  static Optional<FillableDisk> mount(Path root) throws IOException {
    Files.createDirectories(root);
    try {
      run(List.of("mount", "-t", "tmpfs", "-o", "size=" + ROOMY, "tmpfs", root.toString()));
      return Optional.of(new FillableDisk(root));
    } catch (IOException refused) {
      System.out.println("chaos: no full disk, for none can be mounted here: " + refused);
      return Optional.empty();
    }
  }

  Path root() {
    return root;
  }

  /// Takes the room that is left, or what of it nobody else takes meanwhile.
  ///
  /// @return whether the disk is full
  boolean fill() throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      FileStore store = Files.getFileStore(root);
      long used = (store.getTotalSpace() - store.getUnallocatedSpace()) / 1024;
      try {
        resize((used + 4) + "k");
        return true;
      } catch (IOException smaller) {
        // Than what is written by now.
      }
    }
    return false;
  }

  /// Gives the room back.
  void free() throws IOException {
    resize(ROOMY);
  }

  private void resize(String size) throws IOException {
    run(List.of("mount", "-o", "remount,size=" + size, root.toString()));
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            command
                + " did not work: "
                + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command, e);
    }
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", "--lazy", root.toString()));
  }
}
