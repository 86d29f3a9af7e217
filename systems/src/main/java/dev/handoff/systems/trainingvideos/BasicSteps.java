package dev.handoff.systems.trainingvideos;

import dev.handoff.systems.trainingvideos.MaterialViews.StructuredStep;
import dev.handoff.systems.trainingvideos.Step.Span;
import java.util.ArrayList;
import java.util.List;

/// What can be had of a video without an AI, and says so: steps from its subtitles, else from its
/// scenes, else equal parts.
final class BasicSteps {
  private static final double PART = 30;
  private static final int FEWEST = 3;
  private static final double SHORTEST_SCENE = 2;
  private static final int MOST_SCENES = 40;

  private BasicSteps() {}

  /// What is known of the video: its length in seconds (0 for unknown), when its scenes change, and
  /// the steps that follow from what is said.
  record Known(double seconds, List<Double> sceneChanges, List<StructuredStep> said) {}

  static Analysis of(Known known, String transcript) {
    if (!known.said().isEmpty()) {
      List<Step> steps = new ArrayList<>();
      for (StructuredStep said : known.said()) {
        steps.add(
            Step.made(
                Step.idOf(steps.size() + 1),
                new Span(said.start(), said.end()),
                StructuredSteps.title(said.text(), steps.size() + 1),
                said.text()));
      }
      return made("Steps from what is said in the video, made without AI.", transcript, steps);
    }
    if (known.seconds() <= 0) {
      return nothingKnown();
    }
    List<Double> scenes = scenes(known);
    if (scenes.size() > 2) {
      return made(
          "Steps from the scenes of the video, made without AI.", transcript, between(scenes));
    }
    return made(
        "Equal parts of the video, made without AI.", transcript, between(equalParts(known)));
  }

  private static Analysis made(String description, String transcript, List<Step> steps) {
    return new Analysis("", description, transcript, steps, false);
  }

  // From the beginning to the end, with no scene so short that nobody could follow it.
  private static List<Double> scenes(Known known) {
    List<Double> times = new ArrayList<>(List.of(0.0));
    for (double change : known.sceneChanges()) {
      if (change - times.getLast() >= SHORTEST_SCENE
          && known.seconds() - change >= SHORTEST_SCENE
          && times.size() < MOST_SCENES) {
        times.add(change);
      }
    }
    times.add(known.seconds());
    return times;
  }

  private static List<Double> equalParts(Known known) {
    int parts = Math.max(FEWEST, (int) (known.seconds() / PART));
    List<Double> times = new ArrayList<>();
    for (int part = 0; part <= parts; part++) {
      times.add(known.seconds() * part / parts);
    }
    return times;
  }

  private static List<Step> between(List<Double> times) {
    List<Step> steps = new ArrayList<>();
    for (int number = 1; number < times.size(); number++) {
      Span span =
          new Span(
              MaterialViews.rounded(times.get(number - 1)),
              MaterialViews.rounded(times.get(number)));
      steps.add(Step.made(Step.idOf(number), span, StructuredSteps.stockTitle(number), ""));
    }
    return steps;
  }

  private static Analysis nothingKnown() {
    return new Analysis(
        "Training Module",
        "Nothing could be read from the video; these parts are a start to edit.",
        "",
        List.of(
            Step.made(Step.idOf(1), new Span(0, 30), "Introduction", ""),
            Step.made(Step.idOf(2), new Span(30, 120), "Main Content", ""),
            Step.made(Step.idOf(3), new Span(120, 150), "Summary", "")),
        false);
  }
}
