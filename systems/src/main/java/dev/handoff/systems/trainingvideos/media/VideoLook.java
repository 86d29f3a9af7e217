package dev.handoff.systems.trainingvideos.media;

/// What a look into a video tells.
///
/// @param seconds how long it is; 0 when nobody knows
/// @param height of its picture in pixels; 0 when nobody looked
/// @param videoCodec FFmpeg's name; empty when nobody looked
public record VideoLook(
    double seconds,
    int height,
    String videoCodec,
    String audioCodec,
    boolean hasSound,
    boolean hasSubtitles,
    long bitsPerSecond) {
  /// Only its length is known.
  static VideoLook lasting(double seconds) {
    return new VideoLook(seconds, 0, "", "", false, false, 0);
  }

  /// Whether somebody looked at its streams.
  public boolean isComplete() {
    return !videoCodec.isEmpty();
  }
}
