package dev.handoff.systems.trainingvideos;

import java.util.List;
import java.util.Optional;

/// What a look at a whole video came to.
///
/// @param title empty keeps the one that the video has
/// @param transcript what is said, as far as the analysis heard or read it
public record Analysis(
    String title, String description, String transcript, List<Step> steps, boolean byAi) {
  public Analysis {
    steps = List.copyOf(steps);
  }

  Optional<String> newTitle() {
    return Optional.of(title).filter(words -> !words.isBlank());
  }
}
