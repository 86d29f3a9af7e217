package dev.handoff.server;

import dev.handoff.spring.settings.InvalidSettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/// Keeps the data folder, with the database, the uploads and the key that signs logins, from other
/// users of the machine. A folder that is missing is made for the server's user only. One that is
/// there is not changed, but warned about where others may open it, or refused with
/// `handoff.data-dir-strict`. Runs before anything opens a file in it.
final class DataFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final Set<PosixFilePermission> FOR_US =
      PosixFilePermissions.fromString("rwx------");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment settings = context.getEnvironment();
    Path folder = Path.of(settings.getProperty("handoff.data-dir", "./data")).toAbsolutePath();
    try {
      if (Files.notExists(folder)) {
        make(folder.normalize());
      } else if (isPosix(folder)) {
        look(folder, settings.getProperty("handoff.data-dir-strict", Boolean.class, false));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be made or read", e);
    }
  }

  private static void make(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (isPosix(parent == null ? folder : parent)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOR_US));
    } else {
      Files.createDirectory(folder);
    }
  }

  private static void look(Path folder, boolean strict) throws IOException {
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(folder);
    if (FOR_US.containsAll(modes)) {
      return;
    }
    String words = "others may open it: " + folder + " has the mode " + octal(modes);
    if (strict) {
      throw new InvalidSettingException(
          "handoff.data-dir is refused, because " + words + "; make it 700 with chmod.");
    }
    LOG.warn("data folder, {}; make it 700 with chmod", words);
  }

  private static boolean isPosix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  // As chmod takes it.
  private static String octal(Set<PosixFilePermission> modes) {
    int bits = 0;
    for (PosixFilePermission each : EnumSet.allOf(PosixFilePermission.class)) {
      bits = bits * 2 + (modes.contains(each) ? 1 : 0);
    }
    return Integer.toOctalString(bits);
  }
}
