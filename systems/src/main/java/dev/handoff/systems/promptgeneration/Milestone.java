package dev.handoff.systems.promptgeneration;

import dev.handoff.TaskContext;

/// The steps that an owner watches. Clients compare the percents and the words.
public enum Milestone {
  INITIALIZE(10, "Initializing AI generation..."),
  CHECK(30, "Checking tokens..."),
  BUILD(50, "Generating enhanced prompt with AI..."),
  ASK(70, "Waiting for AI response..."),
  FINALIZE(90, "Finalizing...");

  public static final String QUEUED = "Task queued, waiting to start...";

  private final int percent;
  private final String words;

  Milestone(int percent, String words) {
    this.percent = percent;
    this.words = words;
  }

  public int percent() {
    return percent;
  }

  public String words() {
    return words;
  }

  String step() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  void reach(TaskContext context) {
    context.progress(percent, words, step());
  }
}
