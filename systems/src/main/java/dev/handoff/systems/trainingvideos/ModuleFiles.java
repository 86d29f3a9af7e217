package dev.handoff.systems.trainingvideos;

import dev.handoff.spring.HandoffProperties;
import dev.handoff.systems.trainingvideos.media.VideoKind;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of training modules: a folder each below the data folder, named by its id, with the
/// video and its pictures. Names that people give never reach it. Safe for use by many threads.
public final class ModuleFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleFiles.class);
  private static final Pattern ID = Pattern.compile("[0-9a-z]{20,40}");

  private static final String CLEAN = "clean";
  private static final String SUBTITLES = "subtitles.srt";

  private final Path folder;

  /// Below the data folder.
  ModuleFiles(HandoffProperties server) {
    this.folder = server.dataDir().resolve("uploads").resolve("training");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
    }
  }

  public void create(String id) throws IOException {
    Files.createDirectory(of(id));
  }

  /// Where the video is, or is to be.
  public Path videoPath(String id) {
    return of(id).resolve(id + ".mp4");
  }

  public boolean hasVideo(String id) {
    return Files.isRegularFile(videoPath(id));
  }

  /// The video, of the kind that its content says; nothing where there is none.
  public Optional<VideoFile> video(String id) throws IOException {
    Path path = videoPath(id);
    try (InputStream content = Files.newInputStream(path)) {
      return VideoKind.of(content.readNBytes(VideoKind.BYTES_NEEDED))
          .map(kind -> new VideoFile(path, kind));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /// Whether nothing is in the video file any more but the film and its sound.
  public boolean isClean(String id) {
    return Files.isRegularFile(of(id).resolve(CLEAN));
  }

  void markClean(String id) throws IOException {
    Files.write(of(id).resolve(CLEAN), new byte[0]);
  }

  /// What the subtitles said that the video came with. They stay with the module and are not shown.
  Path subtitles(String id) {
    return of(id).resolve(SUBTITLES);
  }

  /// Where a video is written anew before it takes the video's place.
  Path compressed(String id) {
    return of(id).resolve("compressed.mp4");
  }

  Path sound(String id) {
    return of(id).resolve("sound.wav");
  }

  Path frame(String id, int number) {
    return of(id).resolve("frame-" + number + ".jpg");
  }

  public Path thumbnail(String id, int number) {
    return of(id).resolve("thumbnail-" + number + ".jpg");
  }

  /// Deletes what only the processing needed.
  void tidy(String id) throws IOException {
    Set<String> kept = Set.of(id + ".mp4", CLEAN, SUBTITLES);
    deleteIn(id, name -> !name.startsWith("thumbnail-") && !kept.contains(name));
  }

  void deleteThumbnails(String id) throws IOException {
    deleteIn(id, name -> name.startsWith("thumbnail-"));
  }

  /// Deletes everything of a module. What another thread writes meanwhile, and what the disk does
  /// not let go, stays until the sweeper comes.
  public void delete(String id) {
    try {
      deleteIn(id, _ -> true);
      Files.deleteIfExists(of(id));
    } catch (DirectoryNotEmptyException written) {
      // An attempt that does not know yet; it cleans up itself, else the sweeper does.
    } catch (IOException e) {
      LOG.warn("the files of a module cannot be deleted, trying again later module={}", id, e);
    }
  }

  private void deleteIn(String id, Predicate<String> these) throws IOException {
    try (Stream<Path> files = Files.list(of(id))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (these.test(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException nothingThere) {
      // Then it is deleted.
    }
  }

  /// The ids of folders that were not touched since this time.
  List<String> untouchedSince(Instant time) {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path module : folders) {
        String id = module.getFileName().toString();
        if (ID.matcher(id).matches()
            && Files.getLastModifiedTime(module).toInstant().isBefore(time)) {
          ids.add(id);
        }
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      // The next sweep sees the others.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  // An id comes from the store, and yet no path is made of anything that is none.
  private Path of(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of a module");
    }
    return folder.resolve(id);
  }
}
