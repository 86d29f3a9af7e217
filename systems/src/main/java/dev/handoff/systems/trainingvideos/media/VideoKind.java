package dev.handoff.systems.trainingvideos.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The kinds of videos that are taken, told by their content and never by their name.
public enum VideoKind {
  /// MP4 and its relatives (QuickTime, M4V).
  MP4("video/mp4", "mov", "mp4"),
  /// The part of Matroska that browsers play.
  WEBM("video/webm", "matroska", "webm"),
  /// All the rest of Matroska.
  MATROSKA("video/x-matroska", "matroska", "matroska");

  /// So many bytes of a file's beginning are enough to tell.
  public static final int BYTES_NEEDED = 256;

  private static final int EBML = 0x1A45DFA3;
  private static final int[] DOC_TYPE = {0x42, 0x82};
  // Photos in the same kind of boxes as MP4.
  private static final Set<String> PHOTOS =
      Set.of("heic", "heix", "heim", "heis", "mif1", "avif", "crx ");

  private static final Set<String> OLD_QUICKTIME = Set.of("moov", "mdat", "wide");

  private final String contentType;
  private final String demuxer;
  private final String muxer;

  VideoKind(String contentType, String demuxer, String muxer) {
    this.contentType = contentType;
    this.demuxer = demuxer;
    this.muxer = muxer;
  }

  public String contentType() {
    return contentType;
  }

  /// What FFmpeg calls its reader. It is told, so that a file cannot choose another one, such as
  /// one of playlists.
  String demuxer() {
    return demuxer;
  }

  /// What FFmpeg calls its writer.
  String muxer() {
    return muxer;
  }

  /// What a file that begins with these bytes is.
  public static Optional<VideoKind> of(byte[] beginning) {
    if (beginning.length < 12) {
      return Optional.empty();
    }
    if (latin(beginning, 4, 4).equals("ftyp")) {
      return PHOTOS.contains(latin(beginning, 8, 4)) ? Optional.empty() : Optional.of(MP4);
    }
    // QuickTime before it had that box.
    if (beginning[0] == 0 && OLD_QUICKTIME.contains(latin(beginning, 4, 4))) {
      return Optional.of(MP4);
    }
    int magic =
        (beginning[0] & 0xff) << 24
            | (beginning[1] & 0xff) << 16
            | (beginning[2] & 0xff) << 8
            | (beginning[3] & 0xff);
    if (magic != EBML) {
      return Optional.empty();
    }
    return Optional.of(isWebm(beginning) ? WEBM : MATROSKA);
  }

  // The header names the type of document: two bytes for the element, one for the name's length.
  private static boolean isWebm(byte[] beginning) {
    for (int at = 4; at + 7 <= beginning.length; at++) {
      if ((beginning[at] & 0xff) == DOC_TYPE[0] && (beginning[at + 1] & 0xff) == DOC_TYPE[1]) {
        return latin(beginning, at + 3, 4).equals("webm");
      }
    }
    return false;
  }

  private static String latin(byte[] bytes, int from, int length) {
    return new String(
        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)),
        StandardCharsets.ISO_8859_1);
  }
}
