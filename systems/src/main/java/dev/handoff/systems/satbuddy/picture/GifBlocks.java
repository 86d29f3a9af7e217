package dev.handoff.systems.satbuddy.picture;

import java.util.Set;

/// A GIF file is a row of blocks; its pictures, how long each is shown and how often all of them
/// are kept. GIF knows no orientation.
final class GifBlocks {
  private static final int HEADER = 6;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;
  private static final int END = 0x3b;
  private static final int CONTROL = 0xf9;
  private static final int APPLICATION = 0xff;
  private static final Set<String> LOOPS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

  private final PictureBytes file;

  private GifBlocks(byte[] bytes) {
    this.file = new PictureBytes(bytes);
  }

  static byte[] strip(byte[] bytes) throws DamagedPictureException {
    GifBlocks blocks = new GifBlocks(bytes);
    blocks.copyAll();
    return blocks.file.kept();
  }

  private void copyAll() throws DamagedPictureException {
    file.skip(HEADER + 4);
    skipColours((int) file.number(1), 2);
    file.keepFrom(0);
    while (true) {
      int begin = file.at();
      int kind = (int) file.number(1);
      boolean isKept =
          switch (kind) {
            case EXTENSION -> skipExtension();
            case PICTURE -> skipPicture();
            case END -> true;
            default -> throw new DamagedPictureException("an unknown block");
          };
      if (isKept) {
        file.keepFrom(begin);
      }
      if (kind == END) {
        return;
      }
    }
  }

  // A table of colours, where the flags say that there is one, behind this many other bytes.
  private void skipColours(int flags, int others) throws DamagedPictureException {
    file.skip(others);
    if ((flags & 0x80) != 0) {
      file.skip(3 << ((flags & 7) + 1));
    }
  }

  private boolean skipPicture() throws DamagedPictureException {
    file.skip(8);
    skipColours((int) file.number(1), 0);
    file.skip(1);
    skipData();
    return true;
  }

  private boolean skipExtension() throws DamagedPictureException {
    int label = (int) file.number(1);
    boolean isNeeded = label == CONTROL;
    if (label == APPLICATION) {
      String application = file.text((int) file.number(1));
      isNeeded = LOOPS.contains(application);
    }
    skipData();
    return isNeeded;
  }

  private void skipData() throws DamagedPictureException {
    int length = (int) file.number(1);
    while (length > 0) {
      file.skip(length);
      length = (int) file.number(1);
    }
  }
}
