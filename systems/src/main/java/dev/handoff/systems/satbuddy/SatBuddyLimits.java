package dev.handoff.systems.satbuddy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on what a pupil may send.
///
/// @param messageLimit largest length of a message, and of its context, in characters
/// @param imageLimit largest number of images in one message
/// @param historyLimit number of previous messages that are sent to the AI with a new one
/// @param imageMaxSize largest size of an image; at most 20MB
/// @param imageRetention how long an uploaded image is kept
/// @param conversationRetention how long a chat is kept after its last message
@ConfigurationProperties("handoff.systems.sat-buddy")
public record SatBuddyLimits(
    @DefaultValue("4000") int messageLimit,
    @DefaultValue("5") int imageLimit,
    @DefaultValue("10") int historyLimit,
    @DefaultValue("5MB") DataSize imageMaxSize,
    @DefaultValue("24h") Duration imageRetention,
    @DefaultValue("365d") Duration conversationRetention) {
  // The largest image that the models accept.
  private static final DataSize MOST = DataSize.ofMegabytes(20);

  public SatBuddyLimits {
    if (imageMaxSize.toBytes() > MOST.toBytes()) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy.image-max-size is at most " + MOST.toMegabytes() + "MB");
    }
    if (messageLimit < 1 || imageLimit < 0 || historyLimit < 0 || imageMaxSize.toBytes() < 1) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy: message-limit and image-max-size are positive, image-limit"
              + " and history-limit not negative");
    }
    if (imageRetention.isNegative() || imageRetention.isZero()) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy.image-retention is positive, was " + imageRetention);
    }
    if (conversationRetention.isNegative() || conversationRetention.isZero()) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy.conversation-retention is positive, was "
              + conversationRetention);
    }
  }

  /// Returns the interval at which expired images are deleted: a tenth of their retention, but at
  /// least 1 s and at most 30 min.
  Duration imageSweepEvery() {
    return Duration.ofMillis(Math.clamp(imageRetention.dividedBy(10).toMillis(), 1_000, 1_800_000));
  }

  /// Returns the message for a pupil whose image is too large.
  public String imageTooLarge() {
    return "File size too large. Maximum " + imageMaxSize.toMegabytes() + "MB allowed.";
  }
}
