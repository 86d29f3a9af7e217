package dev.handoff.systems.trainingvideos.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.systems.trainingvideos.media.ChildProcesses.Command;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// Kinds, headers and subtitles of files, and the processes that look into them.
final class VideoFilesTest {
  private static final DataSize ONE_MEGABYTE = DataSize.ofMegabytes(1);
  private static final FfmpegSettings QUICK =
      new FfmpegSettings("", Duration.ofSeconds(1), DataSize.ofMegabytes(256), ONE_MEGABYTE, 1);

  @TempDir private Path folder;

  @Test
  void theContentTellsTheKind() {
    assertThat(VideoKind.of(latin("\0\0\0\u001cftypisom....."))).contains(VideoKind.MP4);
    for (String old : List.of("\0\0\0\u0008wide\0\0", "\0\0\u0010\0moov\0\0", "\0\1\0\0mdat\0\0")) {
      assertThat(VideoKind.of(latin(old + "......"))).contains(VideoKind.MP4);
    }
    String ebml = "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u00f7\u0081\1";
    assertThat(VideoKind.of(latin(ebml + "B\u0082\u0084webmB\u0087\u0081\4")))
        .contains(VideoKind.WEBM);
    for (String matroska :
        List.of("B\u0082\u0088matroskaB\u0087\u0081\4", "B\u0082\u0083web", "", "\0\0\0\0")) {
      assertThat(VideoKind.of(latin(ebml + matroska))).contains(VideoKind.MATROSKA);
    }
    for (String other :
        List.of(
            "\0\0\0\u001cftypheic....mif1",
            "\0\0\0\u001cftypavif....",
            "",
            "ftyp",
            "PK\u0003\u0004xxxxxxxxxxxx",
            "#EXTM3U\nhttp://x/",
            "<html><body>hello")) {
      assertThat(VideoKind.of(latin(other))).isEmpty();
    }
  }

  @Test
  void theHeaderTellsTheLength() throws IOException {
    byte[] first =
        concat(box("ftyp", latin("isom")), box("moov", box("mvhd", movie(1000, 20_500))));
    assertThat(Mp4Header.duration(file(first))).hasValue(20.5);
    byte[] last =
        concat(
            box("ftyp", latin("isom")),
            box("mdat", new byte[5000]),
            box("moov", concat(box("udta", new byte[20]), box("mvhd", movie(600, 36_000 * 600)))));
    assertThat(Mp4Header.duration(file(last))).hasValue(36_000);
  }

  @Test
  void aBrokenHeaderTellsNothing() throws IOException {
    byte[] whole =
        concat(box("ftyp", latin("isom")), box("moov", box("mvhd", movie(1000, 20_000))));
    for (int length = 0; length < whole.length - 80; length++) {
      var _ = Mp4Header.duration(file(Arrays.copyOf(whole, length)));
    }
    assertThat(Mp4Header.duration(file(Arrays.copyOf(whole, 40)))).isEmpty();
    assertThat(Mp4Header.duration(file(box("moov", box("mvhd", movie(0, 20_000)))))).isEmpty();
    // A box that says it is larger than any file, one of no size, and many tiny ones.
    assertThat(Mp4Header.duration(file(latin("\u007f\u00ff\u00ff\u00ffmdat")))).isEmpty();
    assertThat(Mp4Header.duration(file(latin("\0\0\0\0mdatxxxxxxxx")))).isEmpty();
    assertThat(Mp4Header.duration(file(latin("\0\0\0\u0008free".repeat(5_000))))).isEmpty();
  }

  @Test
  void subtitlesAreReadWithoutTheirTags() {
    assertThat(
            Subtitle.parse(
                """
                1
                00:00:01,500 --> 00:00:03,000
                <i>Press</i> the
                {\\an8}button.

                2
                01:00:00.000 --> 01:00:02.000
                Later.

                3
                nonsense
                """))
        .containsExactly(
            new Subtitle("Press the button.", 1.5, 3), new Subtitle("Later.", 3600, 3602));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aProcessIsBoundedInTimeOutputAndKilledWithItsCaller() throws Exception {
    try (ChildProcesses processes = new ChildProcesses(QUICK)) {
      assertThat(processes.run(command("head -c 100000 /dev/zero | tr '\\0' x", 10)))
          .isEqualTo("xxxxxxxxxx");
      assertThatThrownBy(() -> processes.run(command("echo wrong >&2; exit 3", 10)))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("ended with 3: wrong");
      assertThatThrownBy(() -> processes.run(command("sleep 30", 10)))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("longer than PT1S");
    }
    FfmpegSettings slow =
        new FfmpegSettings("", Duration.ofMinutes(1), DataSize.ofMegabytes(256), ONE_MEGABYTE, 1);
    Path sign = folder.resolve("running");
    try (ChildProcesses processes = new ChildProcesses(slow)) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      CountDownLatch begun = new CountDownLatch(1);
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                try {
                  var _ = processes.run(command("echo $$ > " + sign + "; exec sleep 600", 10));
                } catch (InterruptedException | RuntimeException stopped) {
                  end.complete(stopped);
                }
              });
      begun.await();
      Awaitility.await().until(() -> Files.exists(sign) && Files.size(sign) > 1);
      long child = Long.parseLong(Files.readString(sign).strip());
      caller.interrupt();
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
      Awaitility.await()
          .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessGivesWayAndKnowsAndReachesNothing() throws Exception {
    Path file = folder.resolve("large");
    try (ChildProcesses processes = new ChildProcesses(QUICK)) {
      assertThat(processes.run(command("env", 10_000)))
          .doesNotContain("HOME=", "USER=", "JAVA")
          .contains("GIVEN=1");
      assertThat(Integer.parseInt(processes.run(command("nice", 10)).strip()))
          .isGreaterThanOrEqualTo(10);
      assertThatThrownBy(() -> processes.run(command("head -c 3000000 /dev/zero > " + file, 10)))
          .isInstanceOf(MediaException.class);
      assertThat(file).hasSize(1 << 20);
      boolean mayBeCutOff =
          new ProcessBuilder("unshare", "--net", "--map-root-user", "true").start().waitFor() == 0;
      assertThat(processes.run(command("grep -c : /proc/net/dev", 10)).strip().equals("1"))
          .isEqualTo(mayBeCutOff);
    }
  }

  private static Command command(String script, int most) {
    return new Command(List.of("/bin/sh", "-c", script), Map.of("GIVEN", "1"), most);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("video"), bytes);
  }

  private static byte[] movie(int unitsPerSecond, int units) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(header)) {
      fields.writeInt(0);
      fields.writeInt(1);
      fields.writeInt(2);
      fields.writeInt(unitsPerSecond);
      fields.writeInt(units);
      fields.write(new byte[80]);
    }
    return header.toByteArray();
  }

  private static byte[] box(String type, byte[] content) throws IOException {
    ByteArrayOutputStream box = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(box)) {
      fields.writeInt(8 + content.length);
      fields.write(latin(type));
      fields.write(content);
    }
    return box.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
