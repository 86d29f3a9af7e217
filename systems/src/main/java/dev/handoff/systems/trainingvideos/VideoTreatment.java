package dev.handoff.systems.trainingvideos;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of how a video is analysed and converted.
///
/// @param analyseAtMost length of the part of a video that the AI analyses, from its beginning
/// @param longestVideo greatest length of a video; a longer one is refused
/// @param compress whether a video that is large, or that some browsers cannot play, is converted
///   to a smaller MP4
@ConfigurationProperties("handoff.systems.training-videos")
public record VideoTreatment(
    @DefaultValue("90s") Duration analyseAtMost,
    @DefaultValue("4h") Duration longestVideo,
    @DefaultValue("false") boolean compress) {
  public VideoTreatment {
    if (analyseAtMost.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "handoff.systems.training-videos.analyse-at-most is at least 1s, was " + analyseAtMost);
    }
    if (longestVideo.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "handoff.systems.training-videos.longest-video is at least 1s, was " + longestVideo);
    }
  }

  /// Returns the message for a trainer whose video is too long.
  public String tooLong() {
    return "Video is too long. Maximum %s allowed."
        .formatted(
            longestVideo.toMinutes() < 120
                ? longestVideo.toMinutes() + " minutes"
                : longestVideo.toHours() + " hours");
  }

  public boolean isTooLong(double seconds) {
    return seconds > longestVideo.toSeconds();
  }
}
