package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.spring.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

/// Who may open the data folder.
@ExtendWith(OutputCaptureExtension.class)
final class DataFolderTest {
  @TempDir private Path parent;

  private static void look(Path folder, boolean strict) {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "settings",
                  Map.of(
                      "handoff.data-dir", folder.toString(), "handoff.data-dir-strict", strict)));
      new DataFolder().initialize(context);
    }
  }

  private static String modes(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  private Path withModes(String modes) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("data"));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(modes));
  }

  @Test
  void aNewFolderIsForTheServersUserOnly() throws IOException {
    Path folder = parent.resolve("deep").resolve("data");

    look(folder, true);

    assertThat(modes(folder)).isEqualTo("rwx------");
    look(folder, true);
  }

  @Test
  void aLooserFolderIsWarnedAboutAndNotChanged(CapturedOutput log) throws IOException {
    Path folder = withModes("rwxr-xr-x");

    look(folder, false);

    assertThat(log).containsOnlyOnce("others may open it: " + folder + " has the mode 755");
    assertThat(modes(folder)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void strictServersRefuseALooserFolder() throws IOException {
    Path folder = withModes("rwxr-x---");

    assertThatThrownBy(() -> look(folder, true))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(folder + " has the mode 750");
  }

  @Test
  void everyServerLooks() {
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                .load(ApplicationContextInitializer.class))
        .anyMatch(DataFolder.class::isInstance);
  }
}
