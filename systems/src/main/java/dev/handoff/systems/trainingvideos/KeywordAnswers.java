package dev.handoff.systems.trainingvideos;

import dev.handoff.ai.offline.FoundNote;
import dev.handoff.ai.offline.Note;
import dev.handoff.ai.offline.NoteIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Answers from the steps without an AI: to questions for the next, the last or this step, else
/// with the step that speaks of what is asked.
final class KeywordAnswers {
  private static final Pattern NEXT =
      Pattern.compile("\\bnext\\b|\\bafter this\\b|\\bthen what\\b");
  private static final Pattern BEFORE =
      Pattern.compile("\\bprevious\\b|\\bbefore this\\b|\\blast step\\b");
  private static final Pattern HERE =
      Pattern.compile(
          "\\b(this|current) step\\b|\\bwhere am i\\b|\\brepeat\\b|\\bwhat now\\b|\\bexplain\\b");
  private static final Pattern LENGTH =
      Pattern.compile("\\bhow long\\b|\\bhow many\\b|\\bduration\\b");

  private KeywordAnswers() {}

  static String to(Question question) {
    List<Step> steps = question.steps();
    if (steps.isEmpty()) {
      return "This module has no steps yet, so there is nothing I could answer from.";
    }
    String words = question.words().toLowerCase(Locale.ROOT);
    int here = Math.max(0, question.current());
    if (LENGTH.matcher(words).find()) {
      double end = steps.stream().mapToDouble(step -> step.span().end()).max().orElse(0);
      return "The module has %d steps and lasts %s.".formatted(steps.size(), clock(end));
    }
    if (NEXT.matcher(words).find()) {
      return here + 1 < steps.size()
          ? "Next is " + described(steps, here + 1)
          : "This is the last step.";
    }
    if (BEFORE.matcher(words).find()) {
      return here > 0
          ? "Before this comes " + described(steps, here - 1)
          : "This is the first step.";
    }
    Optional<Integer> about = about(question);
    if (about.isPresent()) {
      return "That is in " + described(steps, about.get());
    }
    if (HERE.matcher(words).find()) {
      return "You are at " + described(steps, here);
    }
    return "The steps do not say that. You are at " + described(steps, here);
  }

  private static Optional<Integer> about(Question question) {
    List<Note> notes = new ArrayList<>();
    for (int place = 0; place < question.steps().size(); place++) {
      Step step = question.steps().get(place);
      notes.add(
          new Note(
              step.title(),
              Integer.toString(place),
              step.extras().aliases(),
              step.title() + " " + step.description() + " " + step.extras().notes()));
    }
    try (NoteIndex index = NoteIndex.of(notes)) {
      return index.closest(question.words(), 1).stream()
          .map(FoundNote::note)
          .map(note -> Integer.valueOf(note.topic()))
          .findFirst();
    }
  }

  private static String described(List<Step> steps, int place) {
    Step step = steps.get(place);
    String text = step.description().isBlank() ? "" : " " + step.description().strip();
    return "step %d, “%s” (at %s).%s"
        .formatted(place + 1, step.title(), clock(step.span().start()), text);
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return "%d:%02d".formatted(whole / 60, whole % 60);
  }
}
