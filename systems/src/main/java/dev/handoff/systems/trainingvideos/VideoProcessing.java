package dev.handoff.systems.trainingvideos;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.systems.trainingvideos.MaterialViews.StructuredStep;
import dev.handoff.systems.trainingvideos.ModuleTable.ModuleRound;
import dev.handoff.systems.trainingvideos.ModuleTable.Ready;
import dev.handoff.systems.trainingvideos.TrainingModule.About;
import dev.handoff.systems.trainingvideos.VideoAuthor.Footage;
import dev.handoff.systems.trainingvideos.VideoAuthor.Wording;
import dev.handoff.systems.trainingvideos.VideoStudy.Pictures;
import dev.handoff.systems.trainingvideos.VideoStudy.Thumbnails;
import dev.handoff.systems.trainingvideos.media.VideoLook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One attempt at a video. Each of its stages is remembered with the task, so that another attempt
/// goes on where this one ended. Confined to the attempt's thread.
final class VideoProcessing {
  private final VideoHandler handler;
  private final TrainingModule module;
  private final VideoRequest request;
  private final TaskContext context;
  private final String id;
  private @Nullable String aiFailure;

  VideoProcessing(
      VideoHandler handler, TrainingModule module, VideoRequest request, TaskContext context) {
    this.handler = handler;
    this.module = module;
    this.request = request;
    this.context = context;
    this.id = module.id();
  }

  record Extracted(List<StructuredStep> steps) {
    Extracted {
      steps = List.copyOf(steps);
    }
  }

  /// Wordings, one for each step, or none at all.
  record Reworded(List<Wording> wordings) {
    Reworded {
      wordings = List.copyOf(wordings);
    }
  }

  Outcome<VideoResult> process() throws Exception {
    reach(Milestone.ANALYSE);
    VideoLook look = prepared();
    Pictures pictures = stage("pictures", Pictures.class, () -> handler.study().pictures(id, look));
    Speech speech = speech(look);
    Optional<Analysis> found = analysis(new Seen(look, pictures, speech));
    // Without an AI the steps that follow from what is said are what there is to describe.
    List<StructuredStep> said = found.isPresent() ? List.of() : cut(speech);
    Analysis analysis =
        found.orElseGet(() ->
            BasicSteps.of(
                new BasicSteps.Known(look.seconds(), pictures.sceneChanges(), said),
                speech.text()));
    About about = about(analysis);
    double length = look.seconds() > 0 ? look.seconds() : endOf(analysis);
    handler.modules().describe(round(), about, length);
    reach(Milestone.EXTRACT);
    Extracted extracted = stage("extract", Extracted.class, () -> new Extracted(cut(speech)));
    reach(Milestone.ENHANCE);
    MaterialMaker maker = new MaterialMaker(analysis, extracted.steps(), speech);
    Reworded reworded = reworded(maker.wordings(), analysis.byAi());
    reach(Milestone.SAVE);
    return save(look, about, maker.withWordings(reworded.wordings()));
  }

  // The file as it stays, and what is in it.
  private VideoLook prepared() throws Exception {
    VideoLook uploaded = stage("look", VideoLook.class, () -> handler.study().look(id));
    if (handler.treatment().isTooLong(uploaded.seconds())) {
      handler.deleteUnlessMade(module);
      throw AttemptException.of(FailureKind.INVALID_REQUEST, handler.treatment().tooLong());
    }
    if (handler.treatment().compress()) {
      stage("compress", VideoStudy.Compressed.class, () -> handler.study().compress(id));
    }
    return stage("clean", VideoLook.class, () -> handler.study().clean(id));
  }

  private Outcome<VideoResult> save(VideoLook look, About about, MaterialMaker.MadeMaterial made)
      throws Exception {
    Thumbnails thumbnails =
        stage(
            "thumbnails",
            Thumbnails.class,
            () -> handler.study().thumbnails(id, look, made.steps()));
    handler.files().tidy(id);
    handler.log().processingComplete(id, made.steps().size(), about.byAi());
    return Outcome.done(
        new VideoResult(id, made.steps().size(), about.byAi()),
        new Ready(round(), about, made.steps(), made.material(), thumbnails.taken()));
  }

  private void reach(Milestone milestone) {
    context.progress(milestone.percent(), milestone.words(), milestone.step());
    handler.modules().reach(round(), milestone.percent());
  }

  private ModuleRound round() {
    return new ModuleRound(id, request.round(), handler.clock().instant());
  }

  private <T> T stage(String name, Class<T> type, Callable<T> work) throws Exception {
    AtomicReference<Duration> took = new AtomicReference<>(Duration.ZERO);
    boolean[] worked = {false};
    T result =
        context.step(
            name,
            type,
            () -> {
              long begun = System.nanoTime();
              T made = work.call();
              took.set(Duration.ofNanos(System.nanoTime() - begun));
              worked[0] = true;
              return made;
            });
    if (worked[0]) {
      handler.times().add(module, name, took.get());
      handler.log().stage(id, name, took.get());
    }
    return result;
  }

  private Speech speech(VideoLook look) throws Exception {
    if (handler.study().hears(look)) {
      try {
        return stage("speech", Speech.class, () -> handler.study().hear(id, look))
            .within(look.seconds());
      } catch (AttemptException failure) {
        tryAgainOrGoOn(failure, "what is said");
      }
    }
    return stage("subtitles", Speech.class, () -> handler.study().subtitles(id))
        .within(look.seconds());
  }

  private record Seen(VideoLook look, Pictures pictures, Speech speech) {}

  private Optional<Analysis> analysis(Seen seen) throws Exception {
    if (handler.author().author().isEmpty()) {
      return Optional.empty();
    }
    VideoAuthor author = handler.author().author().get();
    try {
      return Optional.of(
          stage(
              "analyse",
              Analysis.class,
              () ->
                  author
                      .analyse(
                          new Footage(
                              module.about().title(),
                              seen.look().seconds(),
                              seen.speech(),
                              handler.study().images(id, seen.pictures())))
                      .paidBy(context)));
    } catch (AttemptException failure) {
      tryAgainOrGoOn(failure, "the AI's analysis");
      aiFailure = failure.message();
      return Optional.empty();
    }
  }

  private Reworded reworded(List<Wording> wordings, boolean byAi) throws Exception {
    if (handler.author().author().isEmpty() || !byAi || wordings.isEmpty()) {
      return new Reworded(List.of());
    }
    VideoAuthor author = handler.author().author().get();
    try {
      return stage(
          "rewrite", Reworded.class, () -> new Reworded(author.reword(wordings).paidBy(context)));
    } catch (AttemptException failure) {
      handler.log().leftOut(id, "better words", failure);
      return new Reworded(List.of());
    }
  }

  private List<StructuredStep> cut(Speech speech) {
    return StructuredSteps.of(speech.segments(), handler.limits().stepsPerModule());
  }

  // Returns only from the last attempt: then the module is made without it. A wait that the
  // provider asks for costs no attempt, as long as somebody may still be waiting.
  private void tryAgainOrGoOn(AttemptException failure, String what) {
    // Whatever it is, a module can be had, so the task is worth another attempt.
    FailureKind kind =
        failure.kind() == FailureKind.INVALID_REQUEST ? FailureKind.ERROR : failure.kind();
    AttemptException again = AttemptException.of(kind, failure.message()).causedBy(failure);
    Instant until = request.requestedAt().plus(handler.tasks().patience());
    Instant now = handler.clock().instant();
    Optional<Duration> wait = failure.retryAfter().filter(asked -> now.plus(asked).isBefore(until));
    if (wait.isPresent()) {
      throw again.retryAfter(wait.get());
    }
    if (context.attempt() < handler.tasks().attempts()) {
      throw again;
    }
    handler.log().leftOut(id, what, failure);
  }

  private About about(Analysis analysis) {
    return new About(
        analysis.newTitle().orElse(module.about().title()),
        analysis.description(),
        analysis.byAi(),
        aiFailure);
  }

  private static double endOf(Analysis analysis) {
    return analysis.steps().stream().mapToDouble(step -> step.span().end()).max().orElse(0);
  }
}
