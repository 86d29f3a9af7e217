package dev.handoff.systems.trainingvideos.media;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two programs of FFmpeg on this machine.
///
/// @param libraries the folder of the libraries that came along with them; nothing where the system
///   has them
record FfmpegProgram(Path ffmpeg, Path ffprobe, Optional<Path> libraries) {
  private static final Logger LOG = LoggerFactory.getLogger(FfmpegProgram.class);
  private static final String WITHOUT =
      "Without it videos have no pictures, no scenes, no subtitles and no speech to text; only the"
          + " length of MP4 files is known.";

  /// Looks where the setting says, else in these folders, else into the jar that came along. What
  /// is missing is said in the log, once for each call.
  ///
  /// @param setting the program; blank for none
  /// @param folders as in the variable PATH
  static Optional<FfmpegProgram> find(String setting, @Nullable String folders) {
    if (!setting.isBlank()) {
      return named(Path.of(setting.strip()));
    }
    return installed(folders).or(FfmpegProgram::fromJar);
  }

  private static Optional<FfmpegProgram> named(Path ffmpeg) {
    Optional<FfmpegProgram> pair = pair(ffmpeg);
    if (pair.isEmpty()) {
      LOG.warn(
          "FFmpeg is not where handoff.ffmpeg.path says, or has no ffprobe beside it. {}", WITHOUT);
    }
    return pair;
  }

  private static Optional<FfmpegProgram> installed(@Nullable String folders) {
    return folders == null
        ? Optional.empty()
        : Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(folders)
            .filter(folder -> !folder.isBlank())
            .flatMap(folder -> pair(Path.of(folder, "ffmpeg")).stream())
            .findFirst();
  }

  private static Optional<FfmpegProgram> pair(Path ffmpeg) {
    Path ffprobe = ffmpeg.resolveSibling("ffprobe");
    return Files.isExecutable(ffmpeg) && Files.isRegularFile(ffmpeg) && Files.isExecutable(ffprobe)
        ? Optional.of(new FfmpegProgram(ffmpeg, ffprobe, Optional.empty()))
        : Optional.empty();
  }

  // Unpacks it at the first call on a machine; later calls take some two seconds to look.
  private static Optional<FfmpegProgram> fromJar() {
    try {
      Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
      Path ffprobe = Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class));
      if (Files.isExecutable(ffmpeg) && Files.isExecutable(ffprobe)) {
        return Optional.of(
            new FfmpegProgram(ffmpeg, ffprobe, Optional.ofNullable(ffmpeg.getParent())));
      }
    } catch (UnsatisfiedLinkError | RuntimeException notForThisMachine) {
      LOG.warn(
          "The FFmpeg that comes along does not fit this machine: {}",
          notForThisMachine.toString());
    }
    LOG.warn(
        "FFmpeg is missing: install ffmpeg and ffprobe, or set handoff.ffmpeg.path. {}", WITHOUT);
    return Optional.empty();
  }
}
