package dev.handoff.systems.trainingvideos;

import java.util.Locale;

/// The steps that a trainer watches. Clients compare the percents and the words.
enum Milestone {
  UPLOADED(0, "Upload complete, starting AI processing..."),
  ANALYSE(10, "Starting AI analysis..."),
  EXTRACT(30, "AI analysis complete, extracting steps..."),
  ENHANCE(60, "Steps extracted, enhancing with AI..."),
  SAVE(90, "Saving training data..."),
  READY(100, "Training module ready!");

  /// What is said of a module that was made without an AI.
  static final String BASIC = "Training module ready (basic steps, AI unavailable)";

  private final int percent;
  private final String words;

  Milestone(int percent, String words) {
    this.percent = percent;
    this.words = words;
  }

  int percent() {
    return percent;
  }

  String words() {
    return words;
  }

  /// Its name in the task's progress.
  String step() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The last one that this percent has reached.
  static Milestone at(int percent) {
    Milestone reached = UPLOADED;
    for (Milestone milestone : values()) {
      if (milestone.percent <= percent) {
        reached = milestone;
      }
    }
    return reached;
  }
}
