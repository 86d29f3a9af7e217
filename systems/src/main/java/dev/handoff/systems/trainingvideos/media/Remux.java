package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.VideoLook.FilmTrack;
import dev.handoff.systems.trainingvideos.media.VideoLook.SoundTrack;
import java.util.ArrayList;
import java.util.List;

/// FFmpeg's options for a video that is written anew: which streams, in what form, and that nothing
/// else goes along.
final class Remux {
  /// Of the file, its streams and its chapters; neither do FFmpeg's writers add any. Subtitles and
  /// data hold the positions that drones and phones write with each second.
  static final List<String> WITHOUT_METADATA =
      List.of(
          "-map_metadata",
          "-1",
          "-map_chapters",
          "-1",
          "-sn",
          "-dn",
          "-fflags",
          "+bitexact",
          "-flags:v",
          "+bitexact",
          "-flags:a",
          "+bitexact");

  private static final String HALF = "min(1,720/min(iw*sar,ih))/2";

  /// The film's shorter side has at most 720 pixels, which are square, whatever they were. FFmpeg
  /// takes the best encoder of H.264 that it was built with.
  static final List<String> COMPRESSED =
      List.of(
          "-filter_threads",
          "1",
          "-vf",
          "scale=w='max(2,trunc(iw*sar*%1$s)*2)':h='max(2,trunc(ih*%1$s)*2)',setsar=1"
              .formatted(HALF),
          "-c:v",
          "h264",
          "-b:v",
          "1500k",
          "-pix_fmt",
          "yuv420p",
          "-threads",
          "2",
          "-c:a",
          "aac",
          "-ac",
          "2",
          "-b:a",
          "128k",
          "-movflags",
          "+faststart");

  private Remux() {}

  /// The film and its sound, and no other stream.
  static List<String> streams(VideoLook look) {
    FilmTrack film = look.picture();
    SoundTrack sound = look.sound();
    List<String> words = new ArrayList<>();
    if (film != null) {
      words.addAll(List.of("-map", "0:" + film.index()));
    }
    if (sound != null) {
      words.addAll(List.of("-map", "0:" + sound.index()));
    }
    words.addAll(WITHOUT_METADATA);
    return words;
  }

  /// A copy of the film without the messages that are written between its pictures: some camcorders
  /// tell their position there, others their settings. No player needs them to show the film.
  static List<String> copied(FilmTrack film) {
    List<String> words = new ArrayList<>(List.of("-c", "copy"));
    switch (film.codec()) {
      case "h264" -> words.addAll(List.of("-bsf:v", "filter_units=remove_types=6"));
      case "hevc" -> words.addAll(List.of("-bsf:v", "filter_units=remove_types=39|40"));
      default -> {
        // Other films have none.
      }
    }
    return words;
  }

  /// An MP4 with its index first, and its film under the name by which most players know it.
  static List<String> mp4(FilmTrack film) {
    List<String> words = new ArrayList<>(List.of("-movflags", "+faststart"));
    if (film.codec().equals("hevc")) {
      words.addAll(List.of("-tag:v", "hvc1"));
    }
    return words;
  }
}
