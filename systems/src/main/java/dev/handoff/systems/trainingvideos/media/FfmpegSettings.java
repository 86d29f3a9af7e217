package dev.handoff.systems.trainingvideos.media;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of FFmpeg: where it is, and the limits of its processes.
///
/// @param path path of the program `ffmpeg`, with `ffprobe` beside it; if empty, the one on the
///   `PATH`, or else the included one for Linux on x86-64
/// @param timeLimit longest time that one FFmpeg process may run
/// @param memory largest address space of one FFmpeg process; at least 256MB
/// @param largestFile largest file that one FFmpeg process may write; at least 1MB
/// @param processes largest number of FFmpeg processes that run at once on this node
@ConfigurationProperties("handoff.ffmpeg")
public record FfmpegSettings(
    @DefaultValue("") String path,
    @DefaultValue("5m") Duration timeLimit,
    @DefaultValue("1GB") DataSize memory,
    @DefaultValue("2GB") DataSize largestFile,
    @DefaultValue("2") int processes) {
  public FfmpegSettings {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("handoff.ffmpeg.time-limit is positive, was " + timeLimit);
    }
    if (processes < 1) {
      throw new IllegalArgumentException(
          "handoff.ffmpeg.processes is at least 1, was " + processes);
    }
    if (largestFile.toMegabytes() < 1) {
      throw new IllegalArgumentException(
          "handoff.ffmpeg.largest-file is at least 1MB, was " + largestFile);
    }
    if (memory.toMegabytes() < 256) {
      throw new IllegalArgumentException("handoff.ffmpeg.memory is at least 256MB, was " + memory);
    }
  }
}
