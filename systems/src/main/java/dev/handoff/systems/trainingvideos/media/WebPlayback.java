package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.VideoLook.FilmTrack;
import dev.handoff.systems.trainingvideos.media.VideoLook.SoundTrack;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What every browser plays: pairs of a container and codecs, in those of their variants that all
/// of them decode.
final class WebPlayback {
  private static final int HIGHEST_PICTURE = 720;
  private static final long MOST_BITS = 3_000_000;
  private static final Set<String> EIGHT_BITS = Set.of("yuv420p", "yuvj420p");
  private static final Set<String> H264_PROFILES =
      Set.of(
          "Constrained Baseline",
          "Baseline",
          "Main",
          "High",
          "Constrained High",
          "Progressive High");
  private static final Set<String> AAC_PROFILES = Set.of("LC", "HE-AAC", "HE-AACv2");

  private static final Set<String> VP8_AND_9 = Set.of("vp8", "vp9");
  private static final Set<String> WEBM_SOUNDS = Set.of("opus", "vorbis");

  // What the containers hold; not all of it is played everywhere.
  private static final Set<String> WEBM_FILMS = Set.of("vp8", "vp9", "av1");
  private static final Set<String> MP4_FILMS = Set.of("h264", "hevc", "av1", "vp9", "mpeg4");
  private static final Set<String> MP4_SOUNDS =
      Set.of("aac", "mp3", "ac3", "eac3", "alac", "opus", "flac");

  private WebPlayback() {}

  /// Whether every browser plays it as it is.
  static boolean isEverywhere(VideoLook look, VideoKind kind) {
    FilmTrack film = look.picture();
    if (film == null || !EIGHT_BITS.contains(film.pixelFormat())) {
      return false;
    }
    SoundTrack sound = look.sound();
    return switch (kind) {
      case MP4 ->
          film.codec().equals("h264")
              && H264_PROFILES.contains(film.profile())
              && (sound == null
                  || (sound.codec().equals("aac") && AAC_PROFILES.contains(sound.profile())));
      case WEBM ->
          VP8_AND_9.contains(film.codec())
              && (sound == null || WEBM_SOUNDS.contains(sound.codec()));
      case MATROSKA -> false;
    };
  }

  /// Whether a browser loads no more of it than it needs.
  static boolean isSmall(VideoLook look) {
    FilmTrack film = look.picture();
    return film != null
        && Math.min(film.height(), film.width()) <= HIGHEST_PICTURE
        && look.bitsPerSecond() <= MOST_BITS;
  }

  /// The container in which these streams are most likely to be played, whatever they came in.
  static VideoKind container(FilmTrack film, @Nullable SoundTrack sound) {
    if (WEBM_FILMS.contains(film.codec())
        && (sound == null || WEBM_SOUNDS.contains(sound.codec()))) {
      return VideoKind.WEBM;
    }
    return MP4_FILMS.contains(film.codec()) && (sound == null || MP4_SOUNDS.contains(sound.codec()))
        ? VideoKind.MP4
        : VideoKind.MATROSKA;
  }
}
