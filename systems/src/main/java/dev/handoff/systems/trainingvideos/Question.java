package dev.handoff.systems.trainingvideos;

import java.util.List;

/// What a person asks while watching.
///
/// @param current the place of the step they are at, from 0; -1 for none
/// @param second where the video is
public record Question(
    String words, List<Step> steps, int current, double second, String moduleTitle) {
  public Question {
    steps = List.copyOf(steps);
    if (current >= steps.size()) {
      current = -1;
    }
  }
}
