package dev.handoff.systems.satbuddy.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A picture's bytes, read from the front; what is kept of them is written down beside. Confined to
/// one thread.
final class PictureBytes {
  private final byte[] bytes;
  private final ByteArrayOutputStream kept;
  private int at;

  PictureBytes(byte[] bytes) {
    this.bytes = bytes;
    this.kept = new ByteArrayOutputStream(bytes.length);
  }

  int at() {
    return at;
  }

  int left() {
    return bytes.length - at;
  }

  /// The next bytes as a number, the most significant first.
  long number(int length) throws DamagedPictureException {
    long number = 0;
    for (byte one : next(length)) {
      number = number << 8 | (one & 0xff);
    }
    return number;
  }

  byte[] next(int length) throws DamagedPictureException {
    if (length < 0 || length > left()) {
      throw new DamagedPictureException("the file ends too early");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text(int length) throws DamagedPictureException {
    return new String(next(length), StandardCharsets.ISO_8859_1);
  }

  void skip(int length) throws DamagedPictureException {
    var _ = next(length);
  }

  /// The byte so far ahead, or -1 behind the end.
  int ahead(int distance) {
    return at + distance < bytes.length ? bytes[at + distance] & 0xff : -1;
  }

  /// Keeps what was read from this place on.
  void keepFrom(int begin) {
    kept.write(bytes, begin, at - begin);
  }

  void keep(byte... more) {
    kept.writeBytes(more);
  }

  byte[] kept() {
    return kept.toByteArray();
  }
}
