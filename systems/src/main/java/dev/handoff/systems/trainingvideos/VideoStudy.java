package dev.handoff.systems.trainingvideos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiTranscript;
import dev.handoff.ai.AiTranscript.Segment;
import dev.handoff.systems.trainingvideos.Speech.Source;
import dev.handoff.systems.trainingvideos.TrainingConfiguration.SpeechToText;
import dev.handoff.systems.trainingvideos.TrainingModule.Thumbnail;
import dev.handoff.systems.trainingvideos.media.FilmFrames;
import dev.handoff.systems.trainingvideos.media.MediaException;
import dev.handoff.systems.trainingvideos.media.NoFilmException;
import dev.handoff.systems.trainingvideos.media.Subtitle;
import dev.handoff.systems.trainingvideos.media.VideoLook;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import dev.handoff.systems.trainingvideos.media.VideoTools.Extent;
import dev.handoff.systems.trainingvideos.media.VideoTools.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Takes out of a module's video what its steps are made from. What cannot be had (no FFmpeg, no
/// sound, a broken track) is left out; only a video that cannot be read at all is an error. Safe
/// for use by many threads.
record VideoStudy(
    ModuleFiles files,
    VideoTools tools,
    SpeechToText speech,
    VideoTreatment treatment,
    TrainingLog log) {
  private static final int SECONDS_PER_FRAME = 10;
  private static final int FEWEST_FRAMES = 3;
  private static final int MOST_FRAMES = 10;
  private static final int FRAME_WIDTH = 640;
  private static final int THUMBNAIL_WIDTH = 320;
  private static final int MOST_THUMBNAILS = 40;

  static final class UnreadableVideoException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableVideoException(Throwable why) {
      super(why);
    }
  }

  /// Looks into it, and sets its subtitles aside: they do not stay in the file.
  ///
  /// @throws NoFilmException when there is no film in it
  VideoLook look(String id) throws IOException, InterruptedException, UnreadableVideoException {
    VideoFile video = video(id);
    VideoLook look = look(video);
    if (look.hasSubtitles()) {
      keepSubtitles(id, video);
    }
    return look;
  }

  private VideoLook look(VideoFile video)
      throws IOException, InterruptedException, UnreadableVideoException {
    try {
      return tools.look(video);
    } catch (MediaException unreadable) {
      throw new UnreadableVideoException(unreadable);
    }
  }

  private void keepSubtitles(String id, VideoFile video) throws IOException, InterruptedException {
    try {
      tools.extractSubtitles(video, files.subtitles(id));
    } catch (MediaException pictures) {
      log.leftOut(id, "subtitles", pictures);
    }
  }

  private VideoFile video(String id) throws IOException, UnreadableVideoException {
    return files
        .video(id)
        .orElseThrow(() ->
            new UnreadableVideoException(new NoSuchFileException("the video of module " + id)));
  }

  record Compressed(boolean smaller, long bytes) {}

  /// Makes the video smaller, or one that every browser plays, where that is possible and worth it.
  Compressed compress(String id)
      throws IOException, InterruptedException, UnreadableVideoException {
    VideoFile video = video(id);
    VideoLook look = look(video);
    long before = Files.size(video.path());
    if (!look.isComplete() || VideoTools.isWebFriendly(look, video.kind())) {
      return new Compressed(false, before);
    }
    Path made = files.compressed(id);
    try {
      tools.compress(video, look, made);
      long after = Files.size(made);
      boolean playsNow = VideoTools.isPlayedEverywhere(look, video.kind());
      if (after == 0 || (after >= before && playsNow)) {
        return new Compressed(false, before);
      }
      Files.move(made, video.path(), StandardCopyOption.ATOMIC_MOVE);
      return new Compressed(true, after);
    } catch (MediaException failed) {
      log.leftOut(id, "a smaller video", failed);
      return new Compressed(false, before);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /// Takes everything out of the file but the film and its sound: only then may it leave the
  /// server. Gives what there is to see in the file that is left.
  VideoLook clean(String id) throws IOException, InterruptedException, UnreadableVideoException {
    VideoFile video = video(id);
    VideoLook look = look(video);
    if (!look.isComplete() || files.isClean(id)) {
      return look;
    }
    Path made = files.compressed(id);
    try {
      VideoLook after = tools.look(tools.copyWithoutMetadata(video, look, made));
      Files.move(made, video.path(), StandardCopyOption.ATOMIC_MOVE);
      files.markClean(id);
      return after;
    } catch (MediaException | NoFilmException failed) {
      log.leftOut(id, "a video that can be shared", failed);
      return look;
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /// How many pictures were taken for the AI, and when scenes change.
  record Pictures(int frames, List<Double> sceneChanges) {
    static final Pictures NONE = new Pictures(0, List.of());

    Pictures {
      sceneChanges = List.copyOf(sceneChanges);
    }
  }

  Pictures pictures(String id, VideoLook look)
      throws IOException, InterruptedException, UnreadableVideoException {
    if (!look.isComplete() || look.seconds() <= 0) {
      return Pictures.NONE;
    }
    VideoFile video = video(id);
    try {
      boolean isShort = look.seconds() <= treatment.analyseAtMost().toSeconds();
      List<Double> changes =
          tools.sceneChanges(video, look, isShort ? Extent.EVERY_FRAME : Extent.KEY_FRAMES);
      return new Pictures(frames(id, video, look), changes);
    } catch (MediaException failed) {
      log.leftOut(id, "pictures", failed);
      return Pictures.NONE;
    }
  }

  private int frames(String id, VideoFile video, VideoLook look)
      throws IOException, InterruptedException {
    double part = Math.min(look.seconds(), (double) treatment.analyseAtMost().toSeconds());
    int count = Math.clamp((int) Math.ceil(part / SECONDS_PER_FRAME), FEWEST_FRAMES, MOST_FRAMES);
    FilmFrames film = tools.frames(video, look);
    int taken = 0;
    for (int frame = 0; frame < count; frame++) {
      double second = part * (frame + 0.5) / count;
      if (film.take(second, FRAME_WIDTH, files.frame(id, taken + 1))) {
        taken++;
      }
    }
    return taken;
  }

  /// The pictures that were taken, as far as they are still there.
  List<AiImage> images(String id, Pictures pictures) throws IOException {
    List<AiImage> images = new ArrayList<>();
    for (int number = 1; number <= pictures.frames(); number++) {
      Path frame = files.frame(id, number);
      if (Files.isRegularFile(frame) && Files.size(frame) > 0) {
        images.add(new AiImage(Files.readAllBytes(frame), "image/jpeg"));
      }
    }
    return images;
  }

  /// Whether a speech model is asked about this video.
  boolean hears(VideoLook look) {
    return speech.transcriber().isPresent() && look.hasSound();
  }

  /// What is said, from the speech model.
  ///
  /// @throws dev.handoff.AttemptException when the model did not answer
  Speech hear(String id, VideoLook look)
      throws IOException, InterruptedException, UnreadableVideoException {
    Path sound = files.sound(id);
    try {
      tools.extractSound(video(id), look, treatment.analyseAtMost(), sound);
    } catch (MediaException failed) {
      log.leftOut(id, "what is said", failed);
      return Speech.NONE;
    }
    AiTranscript heard = speech.transcriber().orElseThrow().transcribe(sound);
    double most = treatment.analyseAtMost().toSeconds();
    double seconds = look.seconds() > 0 ? Math.min(look.seconds(), most) : most;
    return heard.segments().isEmpty()
        ? Speech.untimed(heard.text(), seconds)
        : new Speech(heard.segments(), Source.MODEL);
  }

  /// What is said, from the subtitles that were in the file.
  Speech subtitles(String id) throws IOException {
    Path subRip = files.subtitles(id);
    if (!Files.isRegularFile(subRip)) {
      return Speech.NONE;
    }
    List<Segment> segments = new ArrayList<>();
    for (Subtitle line : Subtitle.parse(new String(Files.readAllBytes(subRip), UTF_8))) {
      segments.add(new Segment(line.text(), line.start(), line.end(), 1));
    }
    return new Speech(segments, Source.SUBTITLES);
  }

  record Thumbnails(List<Thumbnail> taken) {
    Thumbnails {
      taken = List.copyOf(taken);
    }
  }

  Thumbnails thumbnails(String id, VideoLook look, List<Step> steps)
      throws IOException, InterruptedException, UnreadableVideoException {
    files.deleteThumbnails(id);
    List<Thumbnail> taken = new ArrayList<>();
    if (!look.isComplete()) {
      return new Thumbnails(taken);
    }
    VideoFile video = video(id);
    try {
      FilmFrames film = tools.frames(video, look);
      for (Step step : steps.subList(0, Math.min(steps.size(), MOST_THUMBNAILS))) {
        // A little later: the first picture of a scene is often still the last one of another.
        double second = step.span().start() + Math.min(1, step.span().length() / 2);
        int number = taken.size() + 1;
        if (film.take(second, THUMBNAIL_WIDTH, files.thumbnail(id, number))) {
          taken.add(new Thumbnail(number, MaterialViews.rounded(second)));
        }
      }
    } catch (MediaException failed) {
      log.leftOut(id, "thumbnails", failed);
    }
    return new Thumbnails(taken);
  }
}
