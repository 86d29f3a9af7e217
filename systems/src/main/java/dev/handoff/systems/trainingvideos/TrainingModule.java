package dev.handoff.systems.trainingvideos;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A training module as it is stored; its steps are read apart.
///
/// @param owner the account that uploaded its video
/// @param seconds how long the video is; 0 while nobody knows
public record TrainingModule(
    String id,
    String owner,
    About about,
    double seconds,
    Course course,
    List<Thumbnail> thumbnails,
    Times times) {
  public TrainingModule {
    thumbnails = List.copyOf(thumbnails);
  }

  /// What it is called and says of itself.
  ///
  /// @param aiFailure why the AI did not make it, where the AI was asked
  public record About(String title, String description, boolean byAi, @Nullable String aiFailure) {}

  /// How far it is.
  ///
  /// @param progress percent, which no attempt takes back
  /// @param error why the last processing failed; of a ready module that of another analysis
  /// @param round the number of this processing, from 1; what belongs to another changes nothing
  /// @param made whether there are steps from an earlier processing, which stay until new ones
  ///   replace them
  public record Course(
      Status status,
      int progress,
      @Nullable String error,
      int round,
      @Nullable String task,
      boolean made) {}

  public record Thumbnail(int number, double second) {}

  public record Times(Instant createdAt, Instant updatedAt) {}

  public enum Status {
    PROCESSING,
    READY,
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  static TrainingModule uploaded(Upload upload, String owner, Instant now) {
    return new TrainingModule(
        upload.id(),
        owner,
        new About(upload.title(), "", false, null),
        upload.seconds(),
        new Course(Status.PROCESSING, 0, null, 1, null, false),
        List.of(),
        new Times(now, now));
  }

  /// The name of its video, for the outside.
  public String filename() {
    return id + ".mp4";
  }

  /// Where the video of the module with this id is, for the outside.
  public static String addressOfVideo(String id) {
    return "/uploads/" + id + ".mp4";
  }

  /// Whether there are steps to watch: those that are ready, or the former ones while the video is
  /// analysed again.
  public boolean isWatchable() {
    return course.made() && course.status() != Status.FAILED;
  }
}
