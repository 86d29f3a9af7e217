package dev.handoff.systems.trainingvideos;

import dev.handoff.systems.trainingvideos.MaterialViews.Caption;
import dev.handoff.systems.trainingvideos.MaterialViews.EnhancedStep;
import dev.handoff.systems.trainingvideos.MaterialViews.Material;
import dev.handoff.systems.trainingvideos.MaterialViews.Stats;
import dev.handoff.systems.trainingvideos.MaterialViews.StepGroup;
import dev.handoff.systems.trainingvideos.MaterialViews.StepView;
import dev.handoff.systems.trainingvideos.MaterialViews.StructuredStep;
import dev.handoff.systems.trainingvideos.Step.Span;
import dev.handoff.systems.trainingvideos.VideoAuthor.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts together what was made of a video. The steps shown are the reworded ones, else those cut
/// from what is said, else those that the analysis found.
record MaterialMaker(Analysis analysis, List<StructuredStep> structured, Speech speech) {
  MaterialMaker {
    structured = List.copyOf(structured);
  }

  /// The steps to show, and all that is kept.
  record MadeMaterial(List<Step> steps, Material material) {}

  // A step and what is known of it, whichever way it was found.
  private record Base(Step step, String text, double confidence, StepType type) {}

  private List<Base> bases() {
    List<Base> bases = new ArrayList<>();
    if (structured.isEmpty()) {
      for (Step step : analysis.steps()) {
        String text = step.title() + ". " + step.description();
        bases.add(new Base(step, text, 0, StepType.of(text, bases.isEmpty())));
      }
      return bases;
    }
    for (StructuredStep found : structured) {
      Step step =
          Step.made(
              found.id(),
              new Span(found.start(), found.end()),
              StructuredSteps.title(found.text(), bases.size() + 1),
              found.text());
      bases.add(
          new Base(
              step, found.text(), found.confidence(), StepType.of(found.text(), bases.isEmpty())));
    }
    return bases;
  }

  /// What there is to be reworded.
  List<Wording> wordings() {
    return bases().stream()
        .map(base -> new Wording(base.step().title(), base.step().description()))
        .toList();
  }

  /// With these wordings, one for each step, or none.
  MadeMaterial withWordings(List<Wording> wordings) {
    List<Base> bases = bases();
    List<Step> shown = new ArrayList<>();
    List<EnhancedStep> enhanced = new ArrayList<>();
    for (int place = 0; place < bases.size(); place++) {
      Base base = bases.get(place);
      if (wordings.isEmpty()) {
        shown.add(base.step());
      } else {
        Wording better = wordings.get(place);
        enhanced.add(enhanced(base, better));
        shown.add(
            Step.made(base.step().id(), base.step().span(), better.title(), better.description()));
      }
    }
    String said = speech.text();
    Material material =
        new Material(
            analysis.steps().stream().map(StepView::of).toList(),
            structured,
            enhanced,
            groups(bases),
            stats(bases),
            said.isEmpty() ? analysis.transcript() : said,
            Caption.of(speech));
    return new MadeMaterial(shown, material);
  }

  private static EnhancedStep enhanced(Base base, Wording better) {
    Span span = base.step().span();
    return new EnhancedStep(
        base.step().id(),
        better.title(),
        base.step().description(),
        better.description(),
        span.start(),
        span.end(),
        base.confidence(),
        MaterialViews.rounded(span.length()),
        base.type().word());
  }

  private static List<StepGroup> groups(List<Base> bases) {
    List<StepGroup> groups = new ArrayList<>();
    for (String title : List.of("Introduction", "Main Content", "Summary", "Content")) {
      List<Base> members =
          bases.stream().filter(base -> base.type().group().equals(title)).toList();
      if (!members.isEmpty()) {
        groups.add(
            new StepGroup(
                title,
                members.stream().map(base -> base.step().id()).toList(),
                length(members),
                confidence(members)));
      }
    }
    return groups;
  }

  private static Stats stats(List<Base> bases) {
    Map<String, Integer> types = new LinkedHashMap<>();
    bases.forEach(base -> types.merge(base.type().word(), 1, Integer::sum));
    int words = bases.stream().mapToInt(base -> StructuredSteps.words(base.text())).sum();
    return new Stats(length(bases), confidence(bases), words, bases.size(), types);
  }

  private static double length(List<Base> bases) {
    return MaterialViews.rounded(
        bases.stream().mapToDouble(base -> base.step().span().length()).sum());
  }

  private static double confidence(List<Base> bases) {
    return MaterialViews.rounded(bases.stream().mapToDouble(Base::confidence).average().orElse(0));
  }
}
