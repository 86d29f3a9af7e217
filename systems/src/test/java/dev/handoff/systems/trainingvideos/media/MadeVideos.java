package dev.handoff.systems.trainingvideos.media;

import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.springframework.util.unit.DataSize;

/// Videos made with the FFmpeg that the product uses.
record MadeVideos(Path folder) {
  static final FfmpegSettings SETTINGS =
      new FfmpegSettings(
          "", Duration.ofMinutes(1), DataSize.ofGigabytes(1), DataSize.ofGigabytes(1), 2);
  static final Ffmpeg FFMPEG = new Ffmpeg(SETTINGS);
  static final VideoTools TOOLS = new VideoTools(SETTINGS);

  /// Three frames, seven seconds each: red, green, blue, 64 x 48.
  static final List<String> SLIDES =
      List.of(
          "-f",
          "lavfi",
          "-i",
          "color=c=black:s=64x48:r=1/7:d=21,format=rgb24,geq=r='255*eq(N,0)':g='255*eq(N,1)':b='255*eq(N,2)'");

  static final List<String> TONE = List.of("-f", "lavfi", "-i", "sine=f=440:d=21");

  VideoFile make(String name, List<String> input, String... output) {
    Path file = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of("-nostdin", "-v", "error"));
    words.addAll(input);
    words.addAll(Arrays.asList(output));
    words.addAll(List.of("-y", file.toString()));
    try {
      FFMPEG.write(file, words);
      return file(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static VideoFile file(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    return new VideoFile(path, VideoKind.of(bytes).orElseThrow());
  }

  /// The picture that a player shows at this second.
  BufferedImage shown(VideoFile video, double second) throws Exception {
    Path jpeg = folder.resolve("shown.jpg");
    FilmFrames frames = TOOLS.frames(video, TOOLS.look(video));
    if (!frames.take(second, 320, jpeg)) {
      throw new AssertionError("no picture at " + second);
    }
    return ImageIO.read(jpeg.toFile());
  }

  /// The colour in the middle of it, in a word.
  String colour(VideoFile video, double second) throws Exception {
    BufferedImage image = shown(video, second);
    Color color = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
    if (color.getRed() > 127) {
      return "red";
    }
    return color.getGreen() > 80 ? "green" : color.getBlue() > 127 ? "blue" : "black";
  }
}
