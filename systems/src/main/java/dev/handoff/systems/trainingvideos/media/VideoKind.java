package dev.handoff.systems.trainingvideos.media;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The kinds of videos that are taken, told by their content and never by their name.
public enum VideoKind {
  /// MP4 and its relatives (QuickTime, M4V).
  MP4("video/mp4", "mov"),
  WEBM("video/webm", "matroska");

  /// So many bytes of a file's beginning are enough to tell.
  public static final int BYTES_NEEDED = 64;

  private static final int EBML = 0x1A45DFA3;

  private final String contentType;
  private final String demuxer;

  VideoKind(String contentType, String demuxer) {
    this.contentType = contentType;
    this.demuxer = demuxer;
  }

  public String contentType() {
    return contentType;
  }

  /// What FFmpeg calls it. It is told, so that a file cannot choose another reader, such as one of
  /// playlists.
  String demuxer() {
    return demuxer;
  }

  /// What a file that begins with these bytes is.
  public static Optional<VideoKind> of(byte[] beginning) {
    if (beginning.length < 12) {
      return Optional.empty();
    }
    String box = new String(beginning, 4, 4, StandardCharsets.ISO_8859_1);
    if (box.equals("ftyp")) {
      return Optional.of(MP4);
    }
    int magic =
        (beginning[0] & 0xff) << 24
            | (beginning[1] & 0xff) << 16
            | (beginning[2] & 0xff) << 8
            | (beginning[3] & 0xff);
    return magic == EBML ? Optional.of(WEBM) : Optional.empty();
  }
}
