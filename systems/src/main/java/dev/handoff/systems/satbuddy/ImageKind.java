package dev.handoff.systems.satbuddy;

import dev.handoff.systems.satbuddy.picture.CleanPicture;
import dev.handoff.systems.satbuddy.picture.DamagedPictureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The kinds of images that are taken, told by their content and never by their name.
enum ImageKind {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  GIF("image/gif", "gif");

  private final String contentType;
  private final String ending;

  ImageKind(String contentType, String ending) {
    this.contentType = contentType;
    this.ending = ending;
  }

  /// The picture in this file, upright and without anything else.
  byte[] clean(byte[] file) throws DamagedPictureException {
    return switch (this) {
      case JPEG -> CleanPicture.jpeg(file);
      case PNG -> CleanPicture.png(file);
      case GIF -> CleanPicture.gif(file);
    };
  }

  String contentType() {
    return contentType;
  }

  String ending() {
    return ending;
  }

  /// What these bytes begin like.
  static Optional<ImageKind> of(byte[] bytes) {
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        return of(reader.getFormatName());
      } finally {
        reader.dispose();
      }
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private static Optional<ImageKind> of(String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "jpeg" -> Optional.of(JPEG);
      case "png" -> Optional.of(PNG);
      case "gif" -> Optional.of(GIF);
      default -> Optional.empty();
    };
  }
}
