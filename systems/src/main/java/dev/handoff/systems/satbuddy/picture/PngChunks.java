package dev.handoff.systems.satbuddy.picture;

import java.util.Set;

/// A PNG file is a row of named chunks; those that a decoder needs to draw it are kept.
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int CHECKSUM = 4;
  private static final Set<String> NEEDED =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP",
          "bKGD", "pHYs", "acTL", "fcTL", "fdAT");

  private PngChunks() {}

  static StrippedPicture strip(byte[] bytes) throws DamagedPictureException {
    PictureBytes file = new PictureBytes(bytes);
    Orientation orientation = Orientation.UPRIGHT;
    file.skip(SIGNATURE);
    file.keepFrom(0);
    String name = "";
    while (!name.equals("IEND")) {
      int begin = file.at();
      long length = file.number(4);
      name = file.text(4);
      byte[] data = file.next((int) Math.min(Integer.MAX_VALUE, length));
      file.skip(CHECKSUM);
      if (NEEDED.contains(name)) {
        file.keepFrom(begin);
      } else if (name.equals("eXIf")) {
        orientation = Orientation.of(data);
      }
    }
    return new StrippedPicture(file.kept(), orientation);
  }
}
