package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A disk of a few megabytes at this folder, which only the server sees that is launched with it:
/// in memory, in a name space of its own.
record SmallDisk(Path folder, int megabytes) {
  private static final List<String> APART =
      List.of("unshare", "--mount", "--map-root-user", "/bin/sh", "-c");

  /// Whether this machine has such.
  static boolean isPossible() throws InterruptedException {
    try {
      List<String> tried = new ArrayList<>(APART);
      tried.add("mount -t tmpfs none /mnt");
      return new ProcessBuilder(tried).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /// What comes before the command of a server.
  List<String> launcher() {
    List<String> launcher = new ArrayList<>(APART);
    launcher.add("mount -t tmpfs -o size=%dm none \"$0\" && exec \"$@\"".formatted(megabytes));
    launcher.add(folder.toString());
    return launcher;
  }

  /// The folder, as that process sees it.
  Path seenBy(long process) {
    return Path.of("/proc/" + process + "/root" + folder);
  }

  /// Fills what is left of it with this file.
  static void fill(Path filler) {
    assertThatThrownBy(
            () -> {
              try (OutputStream file = Files.newOutputStream(filler)) {
                for (; ; ) {
                  file.write(new byte[4096]);
                }
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }
}
