package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.FrameTimes.Stretch;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The frames of one video, taken as pictures that show what a player shows at a time: upright, in
/// the film's true shape, and without anything but the picture.
public final class FilmFrames {
  private final Ffmpeg ffmpeg;
  private final VideoFile video;
  private final int film;
  private final FrameTimes times;

  FilmFrames(Ffmpeg ffmpeg, VideoFile video, int film, FrameTimes times) {
    this.ffmpeg = ffmpeg;
    this.video = video;
    this.film = film;
    this.times = times;
  }

  /// Writes what is shown at this second as a JPEG, at most this wide and twice as high. A time
  /// behind the end shows the last frame.
  ///
  /// @return whether there was one that can be decoded
  /// @throws MediaException when the film cannot be decoded there
  /// @throws IOException when the disk does not take it
  public boolean take(double second, int width, Path jpeg)
      throws IOException, InterruptedException {
    Stretch shown = times.shownAt(second);
    List<String> words = VideoTools.reading(video, "-ss", shown.seek());
    words.addAll(List.of("-map", "0:" + film, "-filter_threads", "1", "-vf"));
    words.add("trim=end=" + shown.end() + "," + scaled(width));
    words.addAll(Remux.WITHOUT_METADATA);
    // Each frame of the stretch replaces the one before.
    words.addAll(List.of("-fps_mode", "passthrough", "-q:v", "4"));
    words.addAll(List.of("-f", "image2", "-update", "1", "-y", jpeg.toString()));
    ffmpeg.write(jpeg, words);
    return Ffmpeg.hasContent(jpeg);
  }

  // FFmpeg has turned it already. The pixels of a JPEG are square and its colours use the full
  // range;
  // those of a film need not.
  private static String scaled(int width) {
    return ("scale=w='max(2,min(%1$d,trunc(%1$d*dar)*2))':h='max(2,trunc(ow/dar/2+0.5)*2)'"
            + ":out_range=full,format=yuvj420p,setsar=1")
        .formatted(width);
  }
}
