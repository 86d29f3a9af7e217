package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.ChildProcesses.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looks into videos and takes out of them what a training module is made from. Where FFmpeg is
/// missing, it says so ([#isComplete]) and gives what an MP4's header says. Calls block, some for
/// minutes; an interrupt kills the process behind them. Safe for use by many threads.
public final class VideoTools implements AutoCloseable {
  private static final int MOST_JSON = 64 * 1024;
  private static final int MOST_TEXT = 2 * 1024 * 1024;
  private static final String MOST_SOUND = "16M";
  // 8K; more is a bomb, not a picture.
  private static final String MOST_PIXELS = "40000000";
  private static final String SCENE_CHANGE = "0.3";
  private static final Pattern PICTURE_TIME = Pattern.compile("pts_time:([0-9.]+)");
  private static final int HIGHEST_WEB_PICTURE = 720;
  // A disk with less to give is full: whatever failed on it, failed for that.
  private static final long LEAST_SPACE = 1024 * 1024;
  private static final long MOST_WEB_BITS = 3_000_000;

  private final FfmpegSettings settings;
  private final ChildProcesses processes;
  private volatile @Nullable FoundProgram found;

  /// Looks for FFmpeg at the first call, which takes some seconds when it has to be unpacked.
  public VideoTools(FfmpegSettings settings) {
    this.settings = settings;
    this.processes = new ChildProcesses(settings);
  }

  public record VideoFile(Path path, VideoKind kind) {}

  public boolean isComplete() {
    return program().isPresent();
  }

  private record FoundProgram(Optional<FfmpegProgram> program) {}

  private Optional<FfmpegProgram> program() {
    FoundProgram known = found;
    if (known == null) {
      known = new FoundProgram(FfmpegProgram.find(settings.path(), System.getenv("PATH")));
      found = known;
    }
    return known.program();
  }

  /// How long it is and what is in it.
  ///
  /// @throws MediaException when it cannot be read, or has no picture
  public VideoLook look(VideoFile video) throws IOException, InterruptedException {
    if (!isComplete()) {
      return VideoLook.lasting(lengthInHeader(video).orElse(0));
    }
    List<String> words =
        List.of(
            "-v",
            "error",
            "-protocol_whitelist",
            "file",
            "-f",
            video.kind().demuxer(),
            "-show_entries",
            "format=duration,bit_rate:stream=codec_type,codec_name,height,duration",
            "-of",
            "json",
            video.path().toString());
    JsonNode json = JsonMapper.shared().readTree(run(Program.FFPROBE, words, MOST_JSON));
    JsonNode picture = stream(json, "video");
    if (picture.isMissingNode()) {
      throw new MediaException("the file has no picture");
    }
    double seconds =
        Math.max(number(json.path("format").path("duration")), number(picture.path("duration")));
    JsonNode sound = stream(json, "audio");
    return new VideoLook(
        seconds,
        picture.path("height").asInt(0),
        picture.path("codec_name").asString("unknown"),
        sound.path("codec_name").asString(""),
        !sound.isMissingNode(),
        !stream(json, "subtitle").isMissingNode(),
        (long) number(json.path("format").path("bit_rate")));
  }

  /// How long an MP4 says that it is; nothing for other kinds.
  public static OptionalDouble lengthInHeader(VideoFile video) throws IOException {
    return video.kind() == VideoKind.MP4
        ? Mp4Header.duration(video.path())
        : OptionalDouble.empty();
  }

  private static JsonNode stream(JsonNode json, String type) {
    return json.path("streams")
        .valueStream()
        .filter(stream -> stream.path("codec_type").asString("").equals(type))
        .findFirst()
        .orElse(json.path("no such stream"));
  }

  private static double number(JsonNode json) {
    try {
      double number = Double.parseDouble(json.asString("0"));
      return Double.isFinite(number) && number > 0 ? number : 0;
    } catch (NumberFormatException notAvailable) {
      return 0;
    }
  }

  /// Writes the sound of the first part as a WAV file, mono at 16 kHz.
  ///
  /// @throws IOException when the disk does not take it
  public void extractSound(VideoFile video, Duration first, Path wav)
      throws IOException, InterruptedException {
    List<String> words = reading(video, Optional.empty());
    words.addAll(List.of("-t", Long.toString(first.toSeconds()), "-vn", "-sn", "-dn"));
    words.addAll(List.of("-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", "-fs", MOST_SOUND));
    words.addAll(List.of("-f", "wav", "-y", wav.toString()));
    write(wav, words);
  }

  /// Writes the picture at this time as a JPEG of this width. Near the end there may be none.
  ///
  /// @return whether there was one
  /// @throws IOException when the disk does not take it
  public boolean takePicture(VideoFile video, double second, int width, Path jpeg)
      throws IOException, InterruptedException {
    List<String> words = reading(video, Optional.of(second));
    words.addAll(List.of("-an", "-sn", "-dn", "-frames:v", "1"));
    words.addAll(List.of("-filter_threads", "1", "-vf", "scale=" + width + ":-2", "-q:v", "4"));
    words.addAll(List.of("-f", "image2", "-update", "1", "-y", jpeg.toString()));
    write(jpeg, words);
    return hasContent(jpeg);
  }

  /// When the picture changes altogether, in seconds. Long videos are looked at by their key frames
  /// only.
  public List<Double> sceneChanges(VideoFile video, Extent extent) throws InterruptedException {
    List<String> before = extent.keyFramesOnly() ? List.of("-skip_frame", "nokey") : List.of();
    List<String> words = new ArrayList<>(reading(video, Optional.empty()));
    words.addAll(words.indexOf("-f"), before);
    words.addAll(List.of("-an", "-sn", "-dn", "-filter_threads", "1", "-vf"));
    words.add("scale=320:-2,select='gt(scene\\," + SCENE_CHANGE + ")',metadata=print:file=-");
    words.addAll(List.of("-f", "null", "-"));
    Matcher times = PICTURE_TIME.matcher(run(Program.FFMPEG, words, MOST_TEXT));
    List<Double> seconds = new ArrayList<>();
    while (times.find()) {
      seconds.add(number(JsonMapper.shared().valueToTree(times.group(1))));
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

  /// The lines of its first subtitles.
  public List<Subtitle> subtitles(VideoFile video) throws InterruptedException {
    List<String> words = reading(video, Optional.empty());
    words.addAll(List.of("-map", "0:s:0", "-f", "srt", "-"));
    return Subtitle.parse(run(Program.FFMPEG, words, MOST_TEXT));
  }

  /// Whether browsers play it as it is, without loading more than they need.
  public static boolean isWebFriendly(VideoLook look, VideoKind kind) {
    boolean playable =
        kind == VideoKind.WEBM
            || (look.videoCodec().equals("h264")
                && (!look.hasSound() || look.audioCodec().equals("aac")));
    return playable
        && look.height() <= HIGHEST_WEB_PICTURE
        && look.bitsPerSecond() <= MOST_WEB_BITS;
  }

  /// Writes it anew as an MP4 that every browser plays, at most 720 pixels high, its index first.
  ///
  /// @throws IOException when the disk does not take it
  public void compress(VideoFile video, Path mp4) throws IOException, InterruptedException {
    List<String> words = reading(video, Optional.empty());
    words.addAll(List.of("-map", "0:v:0", "-map", "0:a:0?", "-dn", "-filter_threads", "1"));
    words.addAll(List.of("-vf", "scale=-2:'min(" + HIGHEST_WEB_PICTURE + ",trunc(ih/2)*2)'"));
    // FFmpeg takes the best encoder of H.264 that it was built with.
    words.addAll(List.of("-c:v", "h264", "-b:v", "1500k", "-pix_fmt", "yuv420p"));
    words.addAll(List.of("-threads", "2", "-c:a", "aac", "-b:a", "128k"));
    words.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "-y", mp4.toString()));
    write(mp4, words);
  }

  // A file may name others; nothing but files is opened, and MP4's own references are off by
  // default.
  private static List<String> reading(VideoFile video, Optional<Double> from) {
    List<String> words = new ArrayList<>(List.of("-nostdin", "-v", "error", "-threads", "2"));
    words.addAll(List.of("-max_pixels", MOST_PIXELS, "-protocol_whitelist", "file,pipe"));
    from.ifPresent(
        second -> words.addAll(List.of("-ss", String.format(Locale.ROOT, "%.3f", second))));
    words.addAll(List.of("-f", video.kind().demuxer(), "-i", video.path().toString()));
    return words;
  }

  private enum Program {
    FFMPEG,
    FFPROBE
  }

  private void write(Path file, List<String> words) throws IOException, InterruptedException {
    // A process that outlived a killed server goes on with its own file, not with this one.
    Files.deleteIfExists(file);
    try {
      var _ = run(Program.FFMPEG, words, 0);
    } catch (MediaException failed) {
      requireSpace(file, failed);
      throw failed;
    }
    if (!hasContent(file)) {
      requireSpace(file, null);
    }
  }

  private static boolean hasContent(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  // What FFmpeg says of a full disk, and whether it says anything, depends on what it writes; the
  // disk itself can be asked.
  private static void requireSpace(Path file, @Nullable MediaException failed) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    if (Files.getFileStore(folder).getUsableSpace() < LEAST_SPACE || !Files.isWritable(folder)) {
      throw new IOException("the disk takes no more", failed);
    }
  }

  private String run(Program which, List<String> words, int mostOutput)
      throws InterruptedException {
    FfmpegProgram program =
        program().orElseThrow(() -> new MediaException("FFmpeg is not on this machine"));
    List<String> all = new ArrayList<>();
    all.add((which == Program.FFMPEG ? program.ffmpeg() : program.ffprobe()).toString());
    all.addAll(words);
    Map<String, String> environment =
        program
            .libraries()
            .map(folder -> Map.of("LD_LIBRARY_PATH", folder.toString(), "MALLOC_ARENA_MAX", "1"))
            .orElse(Map.of("MALLOC_ARENA_MAX", "1"));
    return processes.run(new Command(all, environment, mostOutput));
  }

  @Override
  public void close() {
    processes.close();
  }
}
