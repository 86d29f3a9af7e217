package dev.handoff.systems.satbuddy.picture;

/// A file begins like a picture and does not go on like one.
public final class DamagedPictureException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedPictureException(String message) {
    super(message);
  }
}
