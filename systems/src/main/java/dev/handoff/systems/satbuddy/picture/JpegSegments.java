package dev.handoff.systems.satbuddy.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A JPEG file is a row of segments, each behind a marker. What a decoder needs is kept: tables,
/// frames, scans, the colour profile and Adobe's word on how colours are stored.
final class JpegSegments {
  private static final int MARKER = 0xff;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int COMMENT = 0xfe;
  private static final int JFIF = 0xe0;
  private static final int EXIF = 0xe1;
  private static final int COLOURS = 0xe2;
  private static final int ADOBE = 0xee;
  private static final int LAST_APPLICATION = 0xef;
  // The version and how close the points are, without the small copy behind.
  private static final int PLAIN_JFIF = 14;
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final PictureBytes file;
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean hasPicture;

  private JpegSegments(byte[] file) {
    this.file = new PictureBytes(file);
  }

  static StrippedPicture strip(byte[] file) throws DamagedPictureException {
    JpegSegments segments = new JpegSegments(file);
    while (segments.copyNext()) {
      // Each one decides what is kept of it.
    }
    segments.file.keep((byte) MARKER, (byte) END);
    return new StrippedPicture(segments.file.kept(), segments.orientation);
  }

  // The picture may end too early: a broken-off upload still shows its beginning.
  private boolean copyNext() throws DamagedPictureException {
    if (hasPicture && file.left() < 2) {
      return false;
    }
    if (file.number(1) != MARKER) {
      throw new DamagedPictureException("a marker is missing");
    }
    while (file.ahead(0) == MARKER) {
      file.skip(1);
    }
    int marker = (int) file.number(1);
    if (marker == END) {
      if (!hasPicture) {
        throw new DamagedPictureException("there is no picture");
      }
      return false;
    }
    if (marker == START) {
      file.keep((byte) MARKER, (byte) START);
      return true;
    }
    copy(marker);
    return true;
  }

  private void copy(int marker) throws DamagedPictureException {
    if (hasPicture && file.left() < 2) {
      return;
    }
    int length = (int) file.number(2);
    int rest = Math.min(length - 2, hasPicture ? file.left() : Integer.MAX_VALUE);
    byte[] segment = file.next(rest);
    byte[] kept = kept(marker, segment);
    if (kept.length > 0 || segment.length == 0) {
      int size = kept.length + 2;
      file.keep((byte) MARKER, (byte) marker, (byte) (size >> 8), (byte) size);
      file.keep(kept);
    }
    if (marker == SCAN) {
      hasPicture = true;
      copyScan();
    }
  }

  private byte[] kept(int marker, byte[] segment) {
    // Programs that write a second one leave the first as the camera wrote it.
    boolean isFirst = orientation == Orientation.UPRIGHT;
    if (isFirst && marker == EXIF && startsWith(segment, EXIF_NAME)) {
      orientation = Orientation.of(Arrays.copyOfRange(segment, EXIF_NAME.length, segment.length));
    }
    boolean isApplications = marker >= JFIF && marker <= LAST_APPLICATION;
    if (marker == COMMENT || (isApplications && !isNeeded(marker, segment))) {
      return new byte[0];
    }
    if (marker == JFIF) {
      byte[] plain = Arrays.copyOf(segment, PLAIN_JFIF);
      plain[PLAIN_JFIF - 2] = 0;
      plain[PLAIN_JFIF - 1] = 0;
      return plain;
    }
    return segment;
  }

  private static boolean isNeeded(int marker, byte[] segment) {
    return switch (marker) {
      case JFIF -> startsWith(segment, "JFIF\0".getBytes(StandardCharsets.ISO_8859_1));
      case COLOURS -> startsWith(segment, "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1));
      case ADOBE -> startsWith(segment, "Adobe".getBytes(StandardCharsets.ISO_8859_1));
      default -> false;
    };
  }

  private static boolean startsWith(byte[] segment, byte[] name) {
    return segment.length >= name.length
        && Arrays.equals(segment, 0, name.length, name, 0, name.length);
  }

  // To the next marker that is no part of the scan.
  private void copyScan() throws DamagedPictureException {
    int begin = file.at();
    while (file.left() > 0) {
      int next = file.ahead(1);
      boolean isPart =
          file.ahead(0) != MARKER || next == 0 || (next >= 0xd0 && next <= 0xd7) || next == MARKER;
      if (!isPart) {
        break;
      }
      file.skip(1);
    }
    file.keepFrom(begin);
  }
}
