package dev.handoff.systems.trainingvideos.media;

import org.jspecify.annotations.Nullable;

/// What a look into a video tells.
///
/// @param seconds how long it is; 0 when nobody knows
/// @param begin the time of its first frame or sound as the file counts, in seconds
/// @param picture the film; null when nobody looked
/// @param sound the sound that goes with it; null for none that can be decoded
public record VideoLook(
    double seconds,
    double begin,
    @Nullable FilmTrack picture,
    @Nullable SoundTrack sound,
    boolean hasSubtitles,
    long bitsPerSecond) {
  /// The film among the streams of a file, which cover art is not.
  ///
  /// @param codec FFmpeg's name
  /// @param profile the codec's variant, as FFmpeg names it
  /// @param pixelFormat how its colours are stored; empty when it cannot be decoded
  /// @param height in pixels as they are stored, before the film is turned
  public record FilmTrack(
      int index, String codec, String profile, String pixelFormat, int width, int height) {}

  public record SoundTrack(int index, String codec, String profile) {}

  /// Only its length is known.
  static VideoLook lasting(double seconds) {
    return new VideoLook(seconds, 0, null, null, false, 0);
  }

  /// Whether somebody looked at its streams.
  public boolean isComplete() {
    return picture != null;
  }

  public boolean hasSound() {
    return sound != null;
  }

  VideoLook lastingFor(double measured) {
    return new VideoLook(measured, begin, picture, sound, hasSubtitles, bitsPerSecond);
  }
}
