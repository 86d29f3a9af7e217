package dev.handoff.systems.trainingvideos;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on what a trainer may upload and keep.
///
/// @param uploadMaxSize largest size of a video
/// @param uploadsAtOnce largest number of uploads at once on this node
/// @param modulesPerOwner largest number of modules of one trainer
/// @param stepsPerModule largest number of steps of one module
@ConfigurationProperties("handoff.systems.training-videos")
public record TrainingLimits(
    @DefaultValue("100MB") DataSize uploadMaxSize,
    @DefaultValue("32") int uploadsAtOnce,
    @DefaultValue("500") int modulesPerOwner,
    @DefaultValue("200") int stepsPerModule) {
  public TrainingLimits {
    if (uploadMaxSize.toBytes() < 1 || uploadsAtOnce < 1) {
      throw new IllegalArgumentException(
          "handoff.systems.training-videos.upload-max-size and .uploads-at-once are positive");
    }
    if (modulesPerOwner < 1 || stepsPerModule < 1) {
      throw new IllegalArgumentException(
          "handoff.systems.training-videos.modules-per-owner and .steps-per-module are positive");
    }
  }

  /// Returns the message for a trainer whose video is too large.
  public String tooLarge() {
    return "File too large. Maximum %dMB allowed.".formatted(uploadMaxSize.toMegabytes());
  }
}
