package dev.handoff.ai;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/// A picture that goes along with a message: its bytes (1 byte to 20 MiB) and its content type,
/// such as `image/png`. Immutable. A class only because a record would hand out its array.
public final class AiImage {
  private static final int MOST_BYTES = 20 * 1024 * 1024;

  private final byte[] bytes;
  private final String contentType;

  /// Copies the bytes; refuses an empty or oversized picture and a content type that is no image.
  public AiImage(byte[] bytes, String contentType) {
    this.contentType = contentType.strip().toLowerCase(Locale.ROOT);
    if (!this.contentType.matches("image/[a-z0-9.+-]{1,60}")) {
      throw new IllegalArgumentException("An image needs a content type such as image/png");
    }
    if (bytes.length == 0 || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "An image has 1 byte to 20 MiB, this one has " + bytes.length + " bytes");
    }
    this.bytes = bytes.clone();
  }

  /// What kind of image it is, in lower case.
  public String contentType() {
    return contentType;
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The bytes in Base64, without line breaks.
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Equal content makes equal images.
  @Override
  public boolean equals(Object other) {
    return other instanceof AiImage that
        && contentType.equals(that.contentType)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * contentType.hashCode() + Arrays.hashCode(bytes);
  }

  /// The kind and size; never the content.
  @Override
  public String toString() {
    return "AiImage[" + contentType + ", " + bytes.length + " bytes]";
  }
}
