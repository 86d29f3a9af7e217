package dev.handoff.server;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/// Videos made on the spot: real ones with the FFmpeg that the server brings along, and broken ones
/// by hand.
public final class Videos {
  /// What the subtitles of the real one say.
  static final String SUBTITLES =
      """
      1
      00:00:00,500 --> 00:00:04,500
      Welcome to the forklift check.

      2
      00:00:05,000 --> 00:00:09,500
      First press the green button on the panel.

      3
      00:00:10,000 --> 00:00:15,000
      I will show you how the fork is raised.

      4
      00:00:15,500 --> 00:00:19,500
      Finally we check the brakes.
      """;

  private static final Path FOLDER = TestServer.temporaryFolder();

  private Videos() {}

  /// 20 s, 640 x 360, H.264 and AAC: three scenes (changes at 8 s and 14 s), a tone, subtitles.
  public static Path real() {
    return made(FOLDER.resolve("real.mp4"), true);
  }

  public static Path silent() {
    return made(FOLDER.resolve("silent.mp4"), false);
  }

  private static synchronized Path made(Path video, boolean subtitles) {
    if (Files.exists(video)) {
      return video;
    }
    List<String> words = new ArrayList<>(List.of("-nostdin", "-v", "error", "-y"));
    for (String source :
        List.of(
            "testsrc=s=640x360:r=15:d=8",
            "smptebars=s=640x360:r=15:d=6",
            "color=c=blue:s=640x360:r=15:d=6",
            "sine=f=440:d=20")) {
      words.addAll(List.of("-f", "lavfi", "-i", source));
    }
    if (subtitles) {
      Path file = FOLDER.resolve("said.srt");
      write(file, SUBTITLES.getBytes(StandardCharsets.UTF_8));
      words.addAll(List.of("-i", file.toString(), "-map", "4:s", "-c:s", "mov_text"));
    }
    words.addAll(List.of("-filter_complex", "[0][1][2]concat=n=3:v=1[v]", "-map", "[v]"));
    words.addAll(List.of("-map", "3:a", "-c:v", "libopenh264", "-b:v", "800k"));
    words.addAll(List.of("-pix_fmt", "yuv420p", "-g", "30", "-c:a", "aac", video.toString()));
    ffmpeg(words);
    return video;
  }

  /// Runs the FFmpeg that comes along.
  static void ffmpeg(List<String> words) {
    Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    List<String> all = new ArrayList<>(List.of(ffmpeg.toString()));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all).inheritIO();
    builder.environment().put("LD_LIBRARY_PATH", String.valueOf(ffmpeg.getParent()));
    try {
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("no video was made");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(Path video) {
    try {
      return Files.readAllBytes(video);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// So many bytes that begin like an MP4 and go on like nothing.
  public static byte[] unreadable(int size) {
    byte[] bytes = new byte[size];
    System.arraycopy(
        box("ftyp", "isom\0\0\2\0isomiso2mp41".getBytes(StandardCharsets.ISO_8859_1)),
        0,
        bytes,
        0,
        28);
    return bytes;
  }

  /// An MP4 whose header says that it lasts so long.
  static byte[] lasting(int seconds) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(header)) {
      fields.writeInt(0);
      fields.writeInt(0);
      fields.writeInt(0);
      fields.writeInt(1000);
      fields.writeInt(seconds * 1000);
      fields.write(new byte[80]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(box("ftyp", "isom\0\0\2\0isomiso2mp41".getBytes(StandardCharsets.ISO_8859_1)));
    file.writeBytes(box("moov", box("mvhd", header.toByteArray())));
    file.writeBytes(box("mdat", new byte[100]));
    return file.toByteArray();
  }

  private static byte[] box(String type, byte[] content) {
    ByteArrayOutputStream box = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(box)) {
      fields.writeInt(8 + content.length);
      fields.write(type.getBytes(StandardCharsets.ISO_8859_1));
      fields.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return box.toByteArray();
  }
}
