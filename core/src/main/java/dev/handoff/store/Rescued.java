package dev.handoff.store;

/// How many tasks of dead nodes were queued again, and how many had no attempt left and failed.
public record Rescued(int requeued, int failed) {
  /// Whether anything was found.
  public boolean isEmpty() {
    return requeued == 0 && failed == 0;
  }
}
