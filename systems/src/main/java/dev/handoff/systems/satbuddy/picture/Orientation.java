package dev.handoff.systems.satbuddy.picture;

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How a camera was held, as EXIF numbers it: what has to be done with a picture to see it upright.
enum Orientation {
  UPRIGHT(false),
  MIRRORED(false),
  UPSIDE_DOWN(false),
  MIRRORED_UPSIDE_DOWN(false),
  MIRRORED_ON_ITS_LEFT(true),
  ON_ITS_LEFT(true),
  MIRRORED_ON_ITS_RIGHT(true),
  ON_ITS_RIGHT(true);

  private static final int TAG = 0x0112;
  private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MOST_ENTRIES = 1_000;

  private final boolean swapsSides;

  Orientation(boolean swapsSides) {
    this.swapsSides = swapsSides;
  }

  /// Whether the upright picture is as wide as this one is high.
  boolean swapsSides() {
    return swapsSides;
  }

  /// Turns a picture of this size.
  AffineTransform turning(int width, int height) {
    return switch (this) {
      case UPRIGHT -> new AffineTransform();
      case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
      case MIRRORED_UPSIDE_DOWN -> new AffineTransform(1, 0, 0, -1, 0, height);
      case MIRRORED_ON_ITS_LEFT -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case ON_ITS_LEFT -> new AffineTransform(0, 1, -1, 0, height, 0);
      case MIRRORED_ON_ITS_RIGHT -> new AffineTransform(0, -1, -1, 0, height, width);
      case ON_ITS_RIGHT -> new AffineTransform(0, -1, 1, 0, 0, width);
    };
  }

  /// What these EXIF data say, in the form of a TIFF file; upright where they say nothing that can
  /// be read.
  static Orientation of(byte[] tiff) {
    try {
      // Some programs write into a PNG what stands before these data in a JPEG.
      boolean named =
          tiff.length > NAME.length && Arrays.equals(tiff, 0, NAME.length, NAME, 0, NAME.length);
      ByteBuffer data =
          ByteBuffer.wrap(named ? Arrays.copyOfRange(tiff, NAME.length, tiff.length) : tiff);
      data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      data.position(data.getInt(4));
      int entries = Math.min(MOST_ENTRIES, Short.toUnsignedInt(data.getShort()));
      for (int entry = 0; entry < entries; entry++) {
        int tag = Short.toUnsignedInt(data.getShort());
        int type = data.getShort();
        int at = data.position() + 4;
        if (tag == TAG) {
          // Short by the standard; some write a long one.
          int value = type == 4 ? data.getInt(at) : data.getShort(at);
          return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
        }
        data.position(at + 4);
      }
      return UPRIGHT;
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cut) {
      return UPRIGHT;
    }
  }
}
