package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.VideoLook.FilmTrack;
import dev.handoff.systems.trainingvideos.media.VideoLook.SoundTrack;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what ffprobe says of a file, and chooses the streams that make the video: the film, which
/// is not always the first picture, and a sound that can be decoded.
record VideoProbe(JsonNode json) {
  /// What ffprobe is asked for.
  static final List<String> QUESTION =
      List.of(
          "-show_entries",
          "format=duration,start_time,bit_rate"
              + ":stream=index,codec_type,codec_name,profile,pix_fmt,sample_fmt,width,height,duration"
              + ":stream_disposition=default,attached_pic,timed_thumbnails,still_image,comment"
              + ",visual_impaired",
          "-of",
          "json");

  private static final Set<String> STILLS = Set.of("mjpeg", "png", "bmp", "gif", "webp", "tiff");

  static VideoProbe of(String answer) {
    return new VideoProbe(JsonMapper.shared().readTree(answer));
  }

  /// What it tells.
  ///
  /// @throws NoFilmException when the file has none
  VideoLook look() {
    JsonNode film = film().orElseThrow(NoFilmException::new);
    JsonNode format = json.path("format");
    return new VideoLook(
        Math.max(number(format.path("duration")), number(film.path("duration"))),
        signed(format.path("start_time")),
        new FilmTrack(
            film.path("index").asInt(0),
            film.path("codec_name").asString("unknown"),
            film.path("profile").asString(""),
            film.path("pix_fmt").asString(""),
            film.path("width").asInt(0),
            film.path("height").asInt(0)),
        sound(),
        streams("subtitle").findAny().isPresent(),
        (long) number(format.path("bit_rate")));
  }

  private Optional<JsonNode> film() {
    Predicate<JsonNode> partOfTheFile =
        stream ->
            is(stream, "attached_pic")
                || is(stream, "timed_thumbnails")
                || is(stream, "still_image");
    return streams("video")
        .filter(partOfTheFile.negate())
        .max(
            first(VideoProbe::canBeDecoded)
                .thenComparing(first(stream -> !STILLS.contains(name(stream))))
                .thenComparing(first(stream -> is(stream, "default")))
                .thenComparing(earlier()));
  }

  private @Nullable SoundTrack sound() {
    return streams("audio")
        .filter(VideoProbe::canBeDecoded)
        .max(
            first((JsonNode stream) -> !is(stream, "comment") && !is(stream, "visual_impaired"))
                .thenComparing(first(stream -> is(stream, "default")))
                .thenComparing(earlier()))
        .map(stream ->
            new SoundTrack(
                stream.path("index").asInt(0), name(stream), stream.path("profile").asString("")))
        .orElse(null);
  }

  private static Comparator<JsonNode> first(Predicate<JsonNode> these) {
    return Comparator.comparing(these::test);
  }

  private static Comparator<JsonNode> earlier() {
    return Comparator.comparingInt((JsonNode stream) -> stream.path("index").asInt(0)).reversed();
  }

  private Stream<JsonNode> streams(String type) {
    return json.path("streams")
        .valueStream()
        .filter(stream -> stream.path("codec_type").asString("").equals(type));
  }

  // Only what FFmpeg has a decoder for has a format of what comes out of it.
  private static boolean canBeDecoded(JsonNode stream) {
    String format = stream.path("pix_fmt").asString("") + stream.path("sample_fmt").asString("");
    return !format.isEmpty() && !format.equals("unknown");
  }

  private static String name(JsonNode stream) {
    return stream.path("codec_name").asString("unknown");
  }

  private static boolean is(JsonNode stream, String disposition) {
    return stream.path("disposition").path(disposition).asInt(0) == 1;
  }

  private static double number(JsonNode json) {
    return Math.max(0, signed(json));
  }

  private static double signed(JsonNode json) {
    try {
      double number = Double.parseDouble(json.asString("0"));
      return Double.isFinite(number) ? number : 0;
    } catch (NumberFormatException notAvailable) {
      return 0;
    }
  }
}
