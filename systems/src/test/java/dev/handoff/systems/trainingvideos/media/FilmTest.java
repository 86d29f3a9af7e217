package dev.handoff.systems.trainingvideos.media;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is found in files as phones, browsers and programs write them: the film, what it shows at a
/// time, in which shape, and how long it is.
final class FilmTest {
  private static final VideoTools TOOLS = MadeVideos.TOOLS;

  @TempDir private Path folder;

  private MadeVideos videos() {
    return new MadeVideos(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.mp4 libopenh264 -g 1",
        "b.mp4 libopenh264 -g 250",
        "c.webm libvpx -auto-alt-ref 1 -lag-in-frames 16",
        "d.webm libvpx-vp9 -deadline realtime",
        "e.mkv mjpeg -q:v 3",
        "f.mp4 mpeg4 -bf 2",
        "g.mov mpeg4 -movflags empty_moov+frag_keyframe",
        "h.webm libvpx -live 1"
      })
  void aPictureIsWhatAPlayerShowsAtThatSecond(String how) throws Exception {
    String[] words = how.split(" ", 3);
    List<String> output = new ArrayList<>(List.of("-c:v", words[1], "-pix_fmt", "yuv420p"));
    output.addAll(List.of(words[2].split(" ")));
    VideoFile slides = videos().make(words[0], MadeVideos.SLIDES, output.toArray(String[]::new));

    for (double second : new double[] {0, 0.5, 6.9}) {
      assertThat(videos().colour(slides, second)).as(how + " " + second).isEqualTo("red");
    }
    for (double second : new double[] {7, 9, 13.99}) {
      assertThat(videos().colour(slides, second)).as(how + " " + second).isEqualTo("green");
    }
    for (double second : new double[] {14, 20.9, 21, 500}) {
      assertThat(videos().colour(slides, second)).as(how + " " + second).isEqualTo("blue");
    }
  }

  @Test
  void oneFrameIsShownAtAnyTime() throws Exception {
    VideoFile one =
        videos().make("one.mp4", MadeVideos.SLIDES, "-frames:v", "1", "-c:v", "mpeg4", "-t", "7");

    assertThat(videos().colour(one, 0)).isEqualTo("red");
    assertThat(videos().colour(one, 5)).isEqualTo("red");
  }

  @Test
  void theFilmIsShownAfterItsEndWhileTheSoundGoesOn() throws Exception {
    List<String> both = new ArrayList<>(MadeVideos.SLIDES);
    both.addAll(List.of("-f", "lavfi", "-i", "sine=d=40"));
    VideoFile longer = videos().make("longer.mp4", both, "-c:v", "mpeg4", "-c:a", "aac");

    assertThat(TOOLS.look(longer).seconds()).isCloseTo(40, within(0.2));
    assertThat(videos().colour(longer, 35)).isEqualTo("blue");
  }

  @Test
  void aFilmThatBeginsLaterIsCountedFromTheBeginningOfTheFile() throws Exception {
    VideoFile later =
        videos()
            .make("later.webm", MadeVideos.SLIDES, "-c:v", "libvpx", "-output_ts_offset", "100");

    assertThat(videos().colour(later, 3)).isEqualTo("red");
    assertThat(videos().colour(later, 8)).isEqualTo("green");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.webm libvpx -f webm -live 1",
        "b.mkv libopenh264 -f matroska -live 1",
        "c.mp4 libopenh264 -movflags empty_moov+frag_every_frame+default_base_moof"
      })
  void aLengthThatTheFileDoesNotTellIsMeasured(String how) throws Exception {
    String[] words = how.split(" ", 3);
    List<String> input = new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc=s=64x48:r=5:d=12"));
    input.addAll(List.of("-c:v", words[1]));
    VideoFile recorded = videos().make(words[0], input, words[2].split(" "));

    assertThat(TOOLS.look(recorded).seconds()).isCloseTo(12, within(0.3));
  }

  @Test
  void oneFrameWithoutALengthIsAVideo() throws Exception {
    List<String> input = List.of("-f", "lavfi", "-i", "testsrc=s=64x48:r=1:d=1");
    VideoFile one = videos().make("one.webm", input, "-c:v", "libvpx", "-live", "1");

    assertThat(TOOLS.look(one).seconds()).isCloseTo(1, within(0.1));
    assertThat(videos().shown(one, 0).getWidth()).isPositive();
    assertThat(videos().shown(one, 99).getWidth()).isPositive();
  }

  @Test
  void coverArtIsNotTheFilm() throws Exception {
    VideoFile cover =
        videos().make("cover.mkv", MadeVideos.SLIDES, "-frames:v", "1", "-c:v", "mjpeg");
    List<String> three = new ArrayList<>(List.of("-i", cover.path().toString()));
    three.addAll(MadeVideos.SLIDES);
    three.addAll(MadeVideos.TONE);
    for (String name : List.of("film.mp4", "film.mkv")) {
      VideoFile film =
          videos()
              .make(
                  name,
                  three,
                  "-map",
                  "0:v",
                  "-map",
                  "1:v",
                  "-map",
                  "2:a",
                  "-c:v:0",
                  "copy",
                  "-c:v:1",
                  "mpeg4",
                  "-c:a",
                  "aac",
                  "-disposition:v:0",
                  "attached_pic");
      VideoLook look = TOOLS.look(film);
      assertThat(requireNonNull(look.picture()).codec()).isEqualTo("mpeg4");
      assertThat(videos().colour(film, 10)).isEqualTo("green");
    }
    // A picture that is not marked as one is none the more a film.
    VideoFile unmarked =
        videos()
            .make(
                "unmarked.mkv",
                three,
                "-map",
                "0:v",
                "-map",
                "1:v",
                "-c:v:0",
                "copy",
                "-c:v:1",
                "mpeg4",
                "-disposition:v:0",
                "default",
                "-disposition:v:1",
                "0");
    assertThat(videos().colour(unmarked, 15)).isEqualTo("blue");
  }

  @Test
  void aFileWithoutAFilmIsNoVideo() {
    List<String> soundAndCover = new ArrayList<>(MadeVideos.SLIDES);
    soundAndCover.addAll(MadeVideos.TONE);
    for (VideoFile sound :
        List.of(
            videos().make("song.mp4", MadeVideos.TONE, "-c:a", "aac"),
            videos().make("voice.webm", MadeVideos.TONE, "-c:a", "libopus"),
            videos()
                .make(
                    "album.mp4",
                    soundAndCover,
                    "-frames:v",
                    "1",
                    "-c:v",
                    "mjpeg",
                    "-c:a",
                    "aac",
                    "-disposition:v",
                    "attached_pic"))) {
      assertThatThrownBy(() -> TOOLS.look(sound)).isInstanceOf(NoFilmException.class);
    }
  }

  @Test
  void aSoundThatCanBeDecodedIsChosen() throws Exception {
    List<String> all = new ArrayList<>(MadeVideos.SLIDES);
    all.addAll(MadeVideos.TONE);
    all.addAll(MadeVideos.TONE);
    VideoFile two =
        videos()
            .make(
                "two.mp4",
                all,
                "-map",
                "0:v",
                "-map",
                "1:a",
                "-map",
                "2:a",
                "-c:v",
                "mpeg4",
                "-c:a:0",
                "ac3",
                "-c:a:1",
                "aac",
                "-disposition:a:0",
                "default",
                "-disposition:a:1",
                "0");
    assertThat(TOOLS.look(two).sound()).isEqualTo(new VideoLook.SoundTrack(1, "ac3", ""));
    // The same file, as if the first sound were of a codec that nobody knows yet.
    byte[] bytes = Files.readAllBytes(two.path());
    replace(bytes, "ac-3", "apac");
    replace(bytes, "dac3", "free");
    VideoFile unknown = MadeVideos.file(Files.write(folder.resolve("unknown.mp4"), bytes));
    VideoLook look = TOOLS.look(unknown);
    assertThat(requireNonNull(look.sound()).index()).isEqualTo(2);
    Path wav = folder.resolve("sound.wav");
    TOOLS.extractSound(unknown, look, Duration.ofSeconds(5), wav);
    assertThat(Files.size(wav)).isGreaterThan(100_000);
    Path copy = folder.resolve("copy");
    assertThat(TOOLS.look(TOOLS.copyWithoutMetadata(unknown, look, copy)).sound())
        .isEqualTo(new VideoLook.SoundTrack(1, "aac", "LC"));
  }

  private static void replace(byte[] bytes, String from, String to) {
    for (int at = 0; at + from.length() <= bytes.length; at++) {
      String found =
          new String(bytes, at, from.length(), java.nio.charset.StandardCharsets.ISO_8859_1);
      if (found.equals(from)) {
        for (int i = 0; i < to.length(); i++) {
          bytes[at + i] = (byte) to.charAt(i);
        }
      }
    }
  }

  @Test
  void aPictureHasTheShapeInWhichItIsShown() throws Exception {
    VideoFile wide =
        videos()
            .make(
                "wide.mp4",
                List.of("-f", "lavfi", "-i", "testsrc=s=72x58:r=5:d=2,setsar=16/9"),
                "-c:v",
                "mpeg4");
    assertThat(shape(wide)).isCloseTo(72 / 58.0 * 16 / 9, within(0.03));
    for (String angle : List.of("90", "-90", "180")) {
      VideoFile turned =
          videos()
              .make(
                  "turned" + angle + ".mp4",
                  List.of("-display_rotation", angle, "-i", wide.path().toString()),
                  "-c",
                  "copy");
      double upright = 72 / 58.0 * 16 / 9;
      double expected = angle.equals("180") ? upright : 1 / upright;
      assertThat(shape(turned)).as(angle).isCloseTo(expected, within(0.03));
      // Copied or compressed, it stays so.
      Path copy = folder.resolve("copy");
      VideoFile copied = TOOLS.copyWithoutMetadata(turned, TOOLS.look(turned), copy);
      assertThat(shape(copied)).as(angle).isCloseTo(expected, within(0.03));
      Path small = folder.resolve("small");
      TOOLS.compress(turned, TOOLS.look(turned), small);
      assertThat(shape(MadeVideos.file(small))).as(angle).isCloseTo(expected, within(0.05));
    }
    VideoFile ribbon =
        videos()
            .make(
                "ribbon.mp4",
                List.of("-f", "lavfi", "-i", "testsrc=s=16x640:r=5:d=1"),
                "-c:v",
                "mpeg4");
    assertThat(shape(ribbon)).isCloseTo(16 / 640.0, within(0.005));
    assertThat(videos().shown(ribbon, 0).getHeight()).isLessThanOrEqualTo(640);
  }

  private double shape(VideoFile video) throws Exception {
    BufferedImage picture = videos().shown(video, 1);
    return picture.getWidth() / (double) picture.getHeight();
  }
}
