package dev.handoff.systems.trainingvideos;

import java.util.List;

/// A step of a training module: a part of its video, from and to in seconds, with what to do there.
///
/// @param isManual whether a person made it
public record Step(
    String id, Span span, String title, String description, Extras extras, boolean isManual) {
  public static final int LONGEST_TITLE = 200;
  public static final int LONGEST_TEXT = 5_000;

  /// From and to, in seconds.
  public record Span(double start, double end) {
    public Span {
      if (!(start >= 0) || !(end >= start) || !(end < 1e7)) {
        throw new IllegalArgumentException(
            "a step begins at 0 or later and ends after that, was " + start + " to " + end);
      }
    }

    double length() {
      return end - start;
    }
  }

  /// What trainers add: other names of the step, and notes.
  public record Extras(List<String> aliases, String notes) {
    static final Extras NONE = new Extras(List.of(), "");

    public Extras {
      aliases = List.copyOf(aliases);
    }
  }

  Step withId(String id) {
    return new Step(id, span, title, description, extras, isManual);
  }

  /// One that was made from the video.
  public static Step made(String id, Span span, String title, String description) {
    return new Step(id, span, title, description, Extras.NONE, false);
  }

  /// The id of the step at this place, from 1.
  public static String idOf(int number) {
    return "step_" + number;
  }
}
