package dev.handoff.store;

/// How many tasks of dead nodes were queued again, and how many had no attempt left and failed.
public record RescueResult(int requeued, int failed) {
  public boolean isEmpty() {
    return requeued == 0 && failed == 0;
  }
}
