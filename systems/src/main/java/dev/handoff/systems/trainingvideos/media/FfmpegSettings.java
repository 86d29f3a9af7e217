package dev.handoff.systems.trainingvideos.media;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where FFmpeg is and what one of its processes may use.
///
/// @param path the program ffmpeg, with ffprobe beside it; none looks on the PATH, then takes the
///   one that comes along for Linux on x86-64
/// @param timeLimit the longest that one process may take
/// @param memory the most address space of one process
/// @param processes the most processes at once on one node
@ConfigurationProperties("handoff.ffmpeg")
public record FfmpegSettings(
    @DefaultValue("") String path,
    @DefaultValue("5m") Duration timeLimit,
    @DefaultValue("1GB") DataSize memory,
    @DefaultValue("2") int processes) {
  public FfmpegSettings {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("handoff.ffmpeg.time-limit is positive, was " + timeLimit);
    }
    if (processes < 1) {
      throw new IllegalArgumentException(
          "handoff.ffmpeg.processes is at least 1, was " + processes);
    }
    if (memory.toMegabytes() < 256) {
      throw new IllegalArgumentException("handoff.ffmpeg.memory is at least 256MB, was " + memory);
    }
  }
}
