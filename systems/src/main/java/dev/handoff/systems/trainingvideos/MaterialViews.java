package dev.handoff.systems.trainingvideos;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.handoff.systems.trainingvideos.Step.Extras;
import dev.handoff.systems.trainingvideos.Step.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was made of a video, in the JSON that is kept and shown.
public final class MaterialViews {
  private MaterialViews() {}

  /// All of it: the steps as they were found, cut from what is said, and reworded.
  public record Material(
      List<StepView> originalSteps,
      List<StructuredStep> structuredSteps,
      List<EnhancedStep> enhancedSteps,
      List<StepGroup> stepGroups,
      Stats stats,
      String transcript,
      List<Caption> captions) {
    public Material {
      // What was made before there were captions has none.
      captions = captions == null ? List.of() : List.copyOf(captions);
      originalSteps = List.copyOf(originalSteps);
      structuredSteps = List.copyOf(structuredSteps);
      enhancedSteps = List.copyOf(enhancedSteps);
      stepGroups = List.copyOf(stepGroups);
    }
  }

  /// What is said from one second to another.
  public record Caption(double start, double end, String text) {
    static List<Caption> of(Speech speech) {
      return speech.segments().stream()
          .filter(segment -> !segment.text().isBlank() && segment.start() < segment.end())
          .map(segment ->
              new Caption(rounded(segment.start()), rounded(segment.end()), segment.text().strip()))
          .toList();
    }
  }

  /// A step as it is shown and edited.
  public record StepView(
      String id,
      Number start,
      Number end,
      String title,
      String description,
      List<String> aliases,
      String notes,
      boolean isManual) {
    public StepView {
      aliases = List.copyOf(aliases);
    }

    public static StepView of(Step step) {
      return new StepView(
          step.id(),
          seconds(step.span().start()),
          seconds(step.span().end()),
          step.title(),
          step.description(),
          step.extras().aliases(),
          step.extras().notes(),
          step.isManual());
    }

    Step toStep() {
      return new Step(
          id,
          new Span(start.doubleValue(), end.doubleValue()),
          title,
          description,
          new Extras(aliases, notes),
          isManual);
    }
  }

  /// A step cut from what is said; times in seconds.
  record StructuredStep(
      String id,
      String text,
      double start,
      double end,
      double confidence,
      double duration,
      int wordCount,
      String type) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EnhancedStep(
      String id,
      String title,
      String description,
      @Nullable String rewrittenDescription,
      double start,
      double end,
      double confidence,
      double duration,
      String type) {}

  /// Steps of one kind, by their ids.
  record StepGroup(
      String title, List<String> steps, double totalDuration, double averageConfidence) {
    StepGroup {
      steps = List.copyOf(steps);
    }
  }

  public record Stats(
      double totalDuration,
      double averageConfidence,
      int totalWords,
      int stepCount,
      Map<String, Integer> typeDistribution) {
    public static final Stats NONE = new Stats(0, 0, 0, 0, Map.of());

    public Stats {
      typeDistribution = Map.copyOf(typeDistribution);
    }
  }

  /// A time in seconds as JSON has it: 12, not 12.0.
  public static Number seconds(double seconds) {
    double rounded = rounded(seconds);
    if (rounded == Math.rint(rounded)) {
      return (long) rounded;
    }
    return rounded;
  }

  public static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
