package dev.handoff.systems.trainingvideos.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.trainingvideos.media.VideoLook.FilmTrack;
import dev.handoff.systems.trainingvideos.media.VideoLook.SoundTrack;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What of a video leaves the server, and in which container; and which videos every browser plays.
final class CleanVideoTest {
  private static final VideoTools TOOLS = MadeVideos.TOOLS;
  private static final List<String> SECRETS =
      List.of("51.4779", "PhoneMaker", "Phone 39", "2026-01-02", "my garden", "Greenwich", "GPS");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.mp4 mpeg4 aac",
        "b.mov libopenh264 aac",
        "c.mkv mpeg4 ac3",
        "d.webm libvpx libopus"
      })
  void nothingGoesAlongWithTheFilm(String how) throws Exception {
    String[] words = how.split(" ", 3);
    VideoFile told = told(words[0], words[1], words[2]);
    assertThat(secrets(told.path())).as("to begin with").contains("51.4779", "PhoneMaker");
    VideoLook look = TOOLS.look(told);

    Path clean = folder.resolve("clean");
    VideoFile copied = TOOLS.copyWithoutMetadata(told, look, clean);
    assertThat(secrets(clean)).isEmpty();
    assertThat(copied).isEqualTo(MadeVideos.file(clean));
    VideoLook after = TOOLS.look(copied);
    assertThat(requireNonNull(after.picture()).codec())
        .isEqualTo(requireNonNull(look.picture()).codec());
    assertThat(after.sound())
        .isEqualTo(
            new SoundTrack(
                1, requireNonNull(look.sound()).codec(), requireNonNull(look.sound()).profile()));
    assertThat(after.hasSubtitles()).isFalse();
    assertThat(after.seconds()).isBetween(20.5, 21.5);

    Path small = folder.resolve("small");
    TOOLS.compress(told, look, small);
    assertThat(secrets(small)).isEmpty();
    assertThat(TOOLS.look(MadeVideos.file(small)).hasSubtitles()).isFalse();

    Path wav = folder.resolve("sound.wav");
    TOOLS.extractSound(told, look, Duration.ofSeconds(3), wav);
    assertThat(secrets(wav)).isEmpty();
    Path jpeg = folder.resolve("picture.jpg");
    assertThat(TOOLS.frames(told, look).take(2, 320, jpeg)).isTrue();
    assertThat(secrets(jpeg)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"camcorder.mp4", "camcorder.mkv"})
  void positionsBetweenThePicturesAreLeftOut(String name) throws Exception {
    VideoFile film = videos().make("film.mp4", MadeVideos.SLIDES, "-c:v", "libopenh264");
    VideoFile told =
        videos()
            .make(
                name,
                List.of("-i", film.path().toString()),
                "-c",
                "copy",
                "-bsf:v",
                "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+GPS51.4779");
    assertThat(secrets(told.path())).contains("GPS", "51.4779");

    VideoFile copied = TOOLS.copyWithoutMetadata(told, TOOLS.look(told), folder.resolve("clean"));

    assertThat(secrets(copied.path())).isEmpty();
    assertThat(videos().colour(copied, 3)).isEqualTo("red");
    assertThat(videos().colour(copied, 10)).isEqualTo("green");
    assertThat(videos().colour(copied, 17)).isEqualTo("blue");
  }

  // With all that phones, drones and programs write beside a film.
  private VideoFile told(String name, String film, String sound) throws IOException {
    Path track = folder.resolve("track.srt");
    Files.writeString(track, "1\n00:00:01,000 --> 00:00:02,000\nGPS (51.4779, -0.0015, 45)\n\n");
    Path chapters = folder.resolve("chapters.txt");
    Files.writeString(
        chapters, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=9\ntitle=my garden\n");
    List<String> input = new ArrayList<>(MadeVideos.SLIDES);
    input.addAll(MadeVideos.TONE);
    input.addAll(List.of("-i", track.toString(), "-i", chapters.toString()));
    List<String> output = new ArrayList<>(List.of("-map", "0:v", "-map", "1:a"));
    if (name.endsWith("webm")) {
      output.addAll(List.of("-map", "2:s", "-c:s", "webvtt"));
    } else {
      output.addAll(List.of("-map", "2:s", "-c:s", name.endsWith("mkv") ? "srt" : "mov_text"));
    }
    output.addAll(
        List.of("-map_chapters", "3", "-c:v", film, "-c:a", sound, "-pix_fmt", "yuv420p"));
    for (String tag :
        List.of(
            "location=+51.4779-000.0015/",
            "com.apple.quicktime.location.ISO6709=+51.4779-000.0015/",
            "com.apple.quicktime.make=PhoneMaker",
            "make=PhoneMaker",
            "model=Phone 39",
            "creation_time=2026-01-02T03:04:05Z",
            "comment=PhoneMaker in Greenwich",
            "title=my garden",
            "description=my garden")) {
      output.addAll(List.of("-metadata", tag));
    }
    output.addAll(
        List.of("-metadata:s:v", "handler_name=PhoneMaker", "-metadata:s:a", "title=my garden"));
    output.addAll(List.of("-metadata:s:v", "creation_time=2026-01-02T03:04:05Z"));
    if (!name.endsWith("webm") && !name.endsWith("mkv")) {
      output.addAll(List.of("-movflags", "use_metadata_tags"));
    }
    if (name.endsWith("mkv")) {
      output.addAll(List.of("-attach", track.toString(), "-metadata:s:t", "mimetype=text/plain"));
    }
    return new MadeVideos(folder).make(name, input, output.toArray(String[]::new));
  }

  private static List<String> secrets(Path file) throws IOException {
    String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
    return SECRETS.stream().filter(bytes::contains).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "MP4, h264, High, yuv420p, aac, LC, true",
    "MP4, h264, Constrained Baseline, yuvj420p, '', '', true",
    "MP4, h264, High 10, yuv420p10le, aac, LC, false",
    "MP4, h264, High 4:4:4 Predictive, yuv444p, aac, LC, false",
    "MP4, h264, High 4:2:2, yuv422p, aac, LC, false",
    "MP4, h264, Main, yuv420p, aac, HE-AACv2, true",
    "MP4, h264, Main, yuv420p, aac, xHE-AAC, false",
    "MP4, h264, Main, yuv420p, ac3, '', false",
    "MP4, hevc, Main, yuv420p, aac, LC, false",
    "MP4, mpeg4, Simple Profile, yuv420p, aac, LC, false",
    "MP4, vp9, Profile 0, yuv420p, '', '', false",
    "MP4, av1, Main, yuv420p, '', '', false",
    "WEBM, vp8, 0, yuv420p, vorbis, '', true",
    "WEBM, vp9, Profile 0, yuv420p, opus, '', true",
    "WEBM, vp9, Profile 2, yuv420p10le, opus, '', false",
    "WEBM, vp9, Profile 1, yuv444p, opus, '', false",
    "WEBM, h264, High, yuv420p, opus, '', false",
    "MATROSKA, h264, High, yuv420p, aac, LC, false",
    "MATROSKA, vp8, 0, yuv420p, opus, '', false"
  })
  void whatEveryBrowserPlays(
      VideoKind kind,
      String film,
      String filmProfile,
      String format,
      String sound,
      String profile,
      boolean plays) {
    @Nullable SoundTrack track = sound.isEmpty() ? null : new SoundTrack(1, sound, profile);
    VideoLook look =
        new VideoLook(
            10, 0, new FilmTrack(0, film, filmProfile, format, 640, 360), track, false, 500_000);

    assertThat(VideoTools.isPlayedEverywhere(look, kind)).isEqualTo(plays);
    assertThat(VideoTools.isWebFriendly(look, kind)).isEqualTo(plays);
  }

  @ParameterizedTest
  @CsvSource({
    "h264, aac, MP4",
    "hevc, aac, MP4",
    "h264, opus, MP4",
    "h264, '', MP4",
    "vp8, vorbis, WEBM",
    "av1, opus, WEBM",
    "av1, aac, MP4",
    "vp8, aac, MATROSKA",
    "h264, dts, MATROSKA",
    "theora, vorbis, MATROSKA"
  })
  void theContainerIsTheOneInWhichItPlaysMostLikely(String film, String sound, VideoKind kind) {
    @Nullable SoundTrack track = sound.isEmpty() ? null : new SoundTrack(1, sound, "");
    assertThat(WebPlayback.container(new FilmTrack(0, film, "", "", 64, 48), track))
        .isEqualTo(kind);
  }

  @Test
  void whatIsCompressedIsPlayedEverywhere() throws Exception {
    for (String format : List.of("yuv420p10le", "yuv422p")) {
      VideoFile odd =
          new MadeVideos(folder)
              .make("odd.mkv", MadeVideos.SLIDES, "-c:v", "ffv1", "-pix_fmt", format);
      VideoLook look = TOOLS.look(odd);
      assertThat(VideoTools.isPlayedEverywhere(look, odd.kind())).isFalse();
      Path mp4 = folder.resolve("made.mp4");

      TOOLS.compress(odd, look, mp4);

      VideoFile made = MadeVideos.file(mp4);
      assertThat(VideoTools.isWebFriendly(TOOLS.look(made), made.kind())).isTrue();
      assertThat(new MadeVideos(folder).colour(made, 8)).isEqualTo("green");
    }
  }

  @Test
  void subtitlesThatTellPositionsAreLeftOut() {
    assertThat(
            Subtitle.parse(
                """
                1
                00:00:00,000 --> 00:00:01,000
                <font size="36">FrameCnt : 1
                [iso : 100] [latitude : 51.4779] [longtitude : -0.0015]</font>

                2
                00:00:01,000 --> 00:00:02,000
                GPS(-0.0015,51.4779,20), D 5.2m

                3
                00:00:02,000 --> 00:00:03,000
                +51.4779-000.0015/

                4
                00:00:03,000 --> 00:00:04,000
                Hold it 2.5 cm long, at an altitude of 3.5 m, away from the GPS antenna.

                5
                00:00:04,000 --> 00:00:05,000
                Lat: 51.4779 Lon: -0.0015
                """))
        .extracting(Subtitle::text)
        .containsExactly(
            "Hold it 2.5 cm long, at an altitude of 3.5 m, away from the GPS antenna.");
  }

  private MadeVideos videos() {
    return new MadeVideos(folder);
  }
}
