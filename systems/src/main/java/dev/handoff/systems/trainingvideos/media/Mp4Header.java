package dev.handoff.systems.trainingvideos.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// Reads how long an MP4 says it is, without any other program: the movie header lies in a box in a
/// box. Reads a few hundred bytes, wherever in the file they are.
public final class Mp4Header {
  // A real file has some ten at its top.
  private static final int MOST_BOXES = 1_000;
  private static final int LONG_FORM = 1;

  private Mp4Header() {}

  /// The duration in seconds; nothing where there is no header, or none that can be read.
  public static OptionalDouble duration(Path file) throws IOException {
    try (RandomAccessFile video = new RandomAccessFile(file.toFile(), "r")) {
      if (!enter("moov", video, video.length()) || !enter("mvhd", video, video.length())) {
        return OptionalDouble.empty();
      }
      return movieHeader(video);
    } catch (EOFException truncated) {
      return OptionalDouble.empty();
    }
  }

  // Goes on from here until the box of this type, and into it.
  private static boolean enter(String type, RandomAccessFile video, long end) throws IOException {
    byte[] name = new byte[4];
    for (int boxes = 0; boxes < MOST_BOXES && video.getFilePointer() + 8 <= end; boxes++) {
      long start = video.getFilePointer();
      long size = video.readInt() & 0xffffffffL;
      video.readFully(name);
      if (size == LONG_FORM) {
        size = video.readLong();
      }
      if (type.equals(new String(name, StandardCharsets.ISO_8859_1))) {
        return true;
      }
      // Size 0 means to the end of the file; less than a header is nonsense.
      if (size < 8 || start + size < start || start + size > end) {
        return false;
      }
      video.seek(start + size);
    }
    return false;
  }

  private static OptionalDouble movieHeader(RandomAccessFile video) throws IOException {
    int version = video.readInt() >>> 24;
    if (version == 1) {
      video.seek(video.getFilePointer() + 16);
      return seconds(video.readInt() & 0xffffffffL, video.readLong());
    }
    video.seek(video.getFilePointer() + 8);
    return seconds(video.readInt() & 0xffffffffL, video.readInt() & 0xffffffffL);
  }

  private static OptionalDouble seconds(long unitsPerSecond, long units) {
    return unitsPerSecond == 0 || units <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(units / (double) unitsPerSecond);
  }
}
