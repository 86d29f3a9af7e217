package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.VideoLook.FilmTrack;
import dev.handoff.systems.trainingvideos.media.VideoLook.SoundTrack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks into videos, takes out of them what a training module is made from, and writes them anew.
/// Where FFmpeg is missing, it says so ([#isComplete]) and gives what an MP4's header says. Calls
/// block, some for minutes; an interrupt kills the process behind them. Safe for use by many
/// threads.
public final class VideoTools implements AutoCloseable {
  private static final int MOST_JSON = 256 * 1024;
  private static final int MOST_TEXT = 2 * 1024 * 1024;
  // A line for each frame: four hours at 60 a second.
  private static final int MOST_TIMES = 16 * 1024 * 1024;
  private static final String MOST_SOUND = "16M";
  // 8K; more is a bomb, not a picture.
  private static final String MOST_PIXELS = "40000000";
  private static final String SCENE_CHANGE = "0.3";
  private static final Pattern PICTURE_TIME = Pattern.compile("pts_time:([0-9.]+)");
  private static final Pattern OUT_TIME = Pattern.compile("out_time_us=(\\d{1,15})");
  private static final double MICROSECONDS = 1e6;

  private final Ffmpeg ffmpeg;

  /// Looks for FFmpeg at the first call, which takes some seconds when it has to be unpacked.
  public VideoTools(FfmpegSettings settings) {
    this.ffmpeg = new Ffmpeg(settings);
  }

  public record VideoFile(Path path, VideoKind kind) {}

  public boolean isComplete() {
    return ffmpeg.isThere();
  }

  /// How long it is and what is in it. A length that the file does not tell is measured.
  ///
  /// @throws MediaException when it cannot be read
  /// @throws NoFilmException when it has no film
  public VideoLook look(VideoFile video) throws IOException, InterruptedException {
    if (!isComplete()) {
      return VideoLook.lasting(lengthInHeader(video).orElse(0));
    }
    List<String> words = probing(video);
    words.addAll(VideoProbe.QUESTION);
    words.add(video.path().toString());
    VideoLook look = VideoProbe.of(ffmpeg.probe(words, MOST_JSON)).look();
    return look.seconds() > 0 ? look : look.lastingFor(measured(video));
  }

  /// How long an MP4 says that it is; nothing for other kinds.
  public static OptionalDouble lengthInHeader(VideoFile video) throws IOException {
    return video.kind() == VideoKind.MP4
        ? Mp4Header.duration(video.path())
        : OptionalDouble.empty();
  }

  // Reads all of it and decodes nothing.
  private double measured(VideoFile video) throws InterruptedException {
    List<String> words = reading(video);
    words.addAll(List.of("-map", "0:V?", "-map", "0:a?", "-c", "copy"));
    words.addAll(List.of("-stats_period", "60", "-progress", "pipe:1", "-f", "null", "-"));
    try {
      Matcher progress = OUT_TIME.matcher(ffmpeg.run(words, MOST_JSON));
      double seconds = 0;
      while (progress.find()) {
        seconds = Long.parseLong(progress.group(1)) / MICROSECONDS;
      }
      return seconds;
    } catch (MediaException cannotBeRead) {
      return 0;
    }
  }

  /// Writes the sound of the first part as a WAV file, mono at 16 kHz, that tells nothing else.
  ///
  /// @throws IOException when the disk does not take it
  public void extractSound(VideoFile video, VideoLook look, Duration first, Path wav)
      throws IOException, InterruptedException {
    List<String> words = reading(video);
    words.addAll(List.of("-t", Long.toString(first.toSeconds()), "-map", sound(look)));
    words.addAll(Remux.WITHOUT_METADATA);
    words.addAll(List.of("-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", "-fs", MOST_SOUND));
    words.addAll(List.of("-f", "wav", "-y", wav.toString()));
    ffmpeg.write(wav, words);
  }

  private static String sound(VideoLook look) {
    SoundTrack sound = look.sound();
    if (sound == null) {
      throw new MediaException("the file has no sound that can be decoded");
    }
    return "0:" + sound.index();
  }

  private static FilmTrack film(VideoLook look) {
    FilmTrack film = look.picture();
    if (film == null) {
      throw new MediaException("nobody looked into the file");
    }
    return film;
  }

  /// The frames of a video, to be taken as pictures.
  public FilmFrames frames(VideoFile video, VideoLook look) throws InterruptedException {
    List<String> words = probing(video);
    int film = film(look).index();
    words.addAll(List.of("-select_streams", Integer.toString(film)));
    words.addAll(List.of("-show_entries", "packet=pts_time,flags", "-of", "csv=p=0"));
    words.add(video.path().toString());
    FrameTimes times = FrameTimes.parse(ffmpeg.probe(words, MOST_TIMES), look.begin());
    return new FilmFrames(ffmpeg, video, film, times);
  }

  /// When the picture changes altogether, in seconds. Long videos are looked at by their key frames
  /// only.
  public List<Double> sceneChanges(VideoFile video, VideoLook look, Extent extent)
      throws InterruptedException {
    List<String> before = extent.keyFramesOnly() ? List.of("-skip_frame", "nokey") : List.of();
    List<String> words = new ArrayList<>(reading(video));
    words.addAll(words.indexOf("-f"), before);
    words.addAll(List.of("-map", "0:" + film(look).index(), "-filter_threads", "1", "-vf"));
    words.add("scale=320:-2,select='gt(scene\\," + SCENE_CHANGE + ")',metadata=print:file=-");
    words.addAll(List.of("-f", "null", "-"));
    Matcher times = PICTURE_TIME.matcher(ffmpeg.run(words, MOST_TEXT));
    List<Double> seconds = new ArrayList<>();
    while (times.find()) {
      seconds.add(Double.parseDouble(times.group(1)));
    }
    return seconds;
  }

  /// How closely a video is looked at.
  public enum Extent {
    /// Every picture of the video, whatever its time.
    EVERY_FRAME,
    /// Those that stand for themselves: some hundred times as fast.
    KEY_FRAMES;

    boolean keyFramesOnly() {
      return this == KEY_FRAMES;
    }
  }

  /// Writes its first subtitles as a SubRip file.
  ///
  /// @throws MediaException when they are pictures, which have no text
  /// @throws IOException when the disk does not take it
  public void extractSubtitles(VideoFile video, Path subRip)
      throws IOException, InterruptedException {
    List<String> words = reading(video);
    words.addAll(List.of("-map", "0:s:0", "-fs", Integer.toString(MOST_TEXT)));
    words.addAll(List.of("-f", "srt", "-y", subRip.toString()));
    ffmpeg.write(subRip, words);
  }

  /// Whether every browser plays it as it is, without loading more than it needs.
  public static boolean isWebFriendly(VideoLook look, VideoKind kind) {
    return WebPlayback.isEverywhere(look, kind) && WebPlayback.isSmall(look);
  }

  /// Whether every browser plays it as it is.
  public static boolean isPlayedEverywhere(VideoLook look, VideoKind kind) {
    return WebPlayback.isEverywhere(look, kind);
  }

  /// Writes it anew as an MP4 that every browser plays, its shorter side at most 720 pixels, its
  /// index first.
  ///
  /// @throws IOException when the disk does not take it
  public void compress(VideoFile video, VideoLook look, Path mp4)
      throws IOException, InterruptedException {
    List<String> words = reading(video);
    words.addAll(Remux.streams(look));
    words.addAll(Remux.COMPRESSED);
    words.addAll(List.of("-f", "mp4", "-y", mp4.toString()));
    ffmpeg.write(mp4, words);
  }

  /// Writes the film and its sound, untouched, into the container in which they are most likely to
  /// be played, without anything else that the file had: where, when and with what it was taken,
  /// other streams, chapters.
  ///
  /// @return the new file
  /// @throws MediaException when these streams go into none
  /// @throws IOException when the disk does not take it
  public VideoFile copyWithoutMetadata(VideoFile video, VideoLook look, Path file)
      throws IOException, InterruptedException {
    VideoKind best = WebPlayback.container(film(look), look.sound());
    try {
      return copy(video, look, best, file);
    } catch (MediaException another) {
      if (best == VideoKind.MATROSKA) {
        throw another;
      }
      // It takes what others do not.
      return copy(video, look, VideoKind.MATROSKA, file);
    }
  }

  private VideoFile copy(VideoFile video, VideoLook look, VideoKind container, Path file)
      throws IOException, InterruptedException {
    List<String> words = reading(video);
    words.addAll(Remux.streams(look));
    words.addAll(Remux.copied(film(look)));
    if (container == VideoKind.MP4) {
      words.addAll(Remux.mp4(film(look)));
    }
    words.addAll(List.of("-f", container.muxer(), "-y", file.toString()));
    ffmpeg.write(file, words);
    return new VideoFile(file, container);
  }

  // A file may name others; nothing but files is opened, and MP4's own references are off by
  // default.
  private static List<String> probing(VideoFile video) {
    return new ArrayList<>(
        List.of("-v", "error", "-protocol_whitelist", "file", "-f", video.kind().demuxer()));
  }

  static List<String> reading(VideoFile video, String... options) {
    List<String> words = new ArrayList<>(List.of("-nostdin", "-v", "error", "-threads", "2"));
    words.addAll(List.of("-max_pixels", MOST_PIXELS, "-protocol_whitelist", "file,pipe"));
    words.addAll(List.of(options));
    words.addAll(List.of("-f", video.kind().demuxer(), "-i", video.path().toString()));
    return words;
  }

  @Override
  public void close() {
    ffmpeg.close();
  }
}
