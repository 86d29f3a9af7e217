package dev.handoff.systems.trainingvideos.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which FFmpeg is taken: the one that the setting names, else an installed one, else the one that
/// comes along.
@EnabledOnOs({OS.LINUX, OS.MAC})
final class FfmpegProgramTest {
  @TempDir private Path folder;

  @Test
  void anInstalledOneComesBeforeTheOneThatComesAlong() throws IOException {
    Path installed = programs("installed", "ffmpeg", "ffprobe");
    Path later = programs("later", "ffmpeg", "ffprobe");
    Path halfOfIt = programs("half", "ffmpeg");
    Files.createDirectories(folder.resolve("folders/ffmpeg"));

    String folders =
        String.join(
            File.pathSeparator,
            List.of(
                "",
                folder.resolve("nowhere").toString(),
                halfOfIt.toString(),
                folder.resolve("folders").toString(),
                installed.toString(),
                later.toString()));

    assertThat(FfmpegProgram.find("", folders)).contains(program(installed));
    assertThat(FfmpegProgram.find(" " + later.resolve("ffmpeg") + " ", folders))
        .contains(program(later));
  }

  @Test
  void whatTheSettingNamesIsNotReplacedByAnother() throws IOException {
    Path installed = programs("installed", "ffmpeg", "ffprobe");

    assertThat(FfmpegProgram.find("/nowhere/ffmpeg", installed.toString())).isEmpty();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void whereNoneIsInstalledTheOneThatComesAlongIsTaken() throws IOException {
    Path halfOfIt = programs("half", "ffmpeg");

    FfmpegProgram bundled = FfmpegProgram.find("", halfOfIt.toString()).orElseThrow();

    assertThat(bundled.libraries()).contains(bundled.ffmpeg().getParent());
    assertThat(FfmpegProgram.find("", null)).contains(bundled);
  }

  private static FfmpegProgram program(Path programs) {
    return new FfmpegProgram(
        programs.resolve("ffmpeg"), programs.resolve("ffprobe"), Optional.empty());
  }

  private Path programs(String name, String... programs) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    for (String program : programs) {
      Files.setPosixFilePermissions(
          Files.writeString(place.resolve(program), "#!/bin/sh\n"),
          PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return place;
  }
}
