package dev.handoff.systems.satbuddy.picture;

/// A file that has nothing but its picture any more, and how that has to be turned. A class only
/// because a record would hand out its array to everybody.
final class StrippedPicture {
  private final byte[] bytes;
  private final Orientation orientation;

  StrippedPicture(byte[] bytes, Orientation orientation) {
    this.bytes = bytes;
    this.orientation = orientation;
  }

  byte[] bytes() {
    return bytes;
  }

  Orientation orientation() {
    return orientation;
  }
}
