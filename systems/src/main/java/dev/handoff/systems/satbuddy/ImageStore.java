package dev.handoff.systems.satbuddy;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiImage;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.satbuddy.picture.DamagedPictureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Uploaded images: a row each, and a file below the data folder under a name of our making. Safe
/// for use by many threads.
public final class ImageStore {
  private static final String FOLDER = "sat-buddy";
  private static final int SHOWN = 100;

  private final Path uploads;
  private final ImageTable table;
  private final SatBuddyLimits limits;
  private final InstantSource clock;

  ImageStore(Path uploads, ImageTable table, SatBuddyLimits limits, InstantSource clock) {
    this.uploads = uploads;
    this.table = table;
    this.limits = limits;
    this.clock = clock;
    try {
      Files.createDirectories(uploads.resolve(FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + uploads + " cannot be made", e);
    }
  }

  /// Keeps an image, turned upright; what its file tells beside it, such as where it was taken, is
  /// not kept.
  ///
  /// @throws RefusedException when it is of another kind, too large or damaged
  public UploadedImage add(byte[] file, String owner) {
    if (file.length > limits.imageMaxSize().toBytes()) {
      throw RefusedException.badRequest(limits.imageTooLarge());
    }
    ImageKind kind =
        ImageKind.of(file)
            .orElseThrow(() ->
                RefusedException.badRequest(
                    "Invalid file type. Only JPG, PNG, and GIF are allowed."));
    byte[] bytes = clean(file, kind);
    UUID id = UUID.randomUUID();
    String path = FOLDER + "/" + id + "." + kind.ending();
    UploadedImage image =
        new UploadedImage(id, owner, kind.contentType(), bytes.length, path, clock.instant());
    try {
      // The file first: a row always has one. A file without a row is swept away by its age.
      Files.write(uploads.resolve(path), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("an uploaded image cannot be kept", e);
    }
    table.add(image);
    return image;
  }

  private static byte[] clean(byte[] file, ImageKind kind) {
    try {
      return kind.clean(file);
    } catch (DamagedPictureException damaged) {
      throw RefusedException.badRequest(
          "The image is damaged. Please save it again as JPG, PNG, or GIF.");
    }
  }

  /// The images that a message names, by id or path, each once.
  ///
  /// @throws RefusedException naming one that the owner has not uploaded, or that is gone
  public List<UUID> named(List<String> references, String owner) {
    Set<UUID> ids = new LinkedHashSet<>();
    for (String reference : references) {
      UploadedImage image =
          table
              .find(reference, owner)
              .orElseThrow(
                  () -> RefusedException.badRequest("Unknown image: " + shortened(reference)));
      ids.add(image.id());
    }
    return List.copyOf(ids);
  }

  /// The owner's image with this file name, and its content.
  public Optional<Content> find(String name, String owner) {
    return table.find(FOLDER + "/" + name, owner).flatMap(this::content);
  }

  public record Content(UploadedImage image, AiImage picture) {}

  /// The images for the AI.
  ///
  /// @throws AttemptException when one is gone
  List<AiImage> read(List<UUID> ids, String owner) {
    List<AiImage> images = new ArrayList<>();
    for (UUID id : ids) {
      images.add(
          table
              .find(id.toString(), owner)
              .flatMap(this::content)
              .orElseThrow(() ->
                  AttemptException.of(
                      FailureKind.INVALID_REQUEST,
                      "An image of this message is no longer there. Please upload it again."))
              .picture());
    }
    return images;
  }

  private Optional<Content> content(UploadedImage image) {
    Path file = uploads.resolve(image.path());
    try {
      return Files.exists(file)
          ? Optional.of(
              new Content(image, new AiImage(Files.readAllBytes(file), image.contentType())))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("an uploaded image cannot be read", e);
    }
  }

  /// Deletes what is older than its retention.
  ///
  /// @return how many files were deleted
  int sweep() {
    Instant before = clock.instant().minus(limits.imageRetention());
    var _ = table.deleteUploadedBefore(before);
    int deleted = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(uploads.resolve(FOLDER))) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)
            && Files.deleteIfExists(file)) {
          deleted++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("uploaded images cannot be swept", e);
    }
    return deleted;
  }

  private static String shortened(String reference) {
    return reference.length() <= SHOWN ? reference : reference.substring(0, SHOWN) + "…";
  }
}
