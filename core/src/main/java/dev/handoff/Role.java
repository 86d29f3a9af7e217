package dev.handoff;

/// What a node does.
public enum Role {
  /// Takes submits and runs tasks.
  ALL,
  /// Takes submits, answers questions, runs nothing.
  API,
  /// Runs tasks.
  WORKER;

  /// Whether tasks are run here.
  public boolean runsTasks() {
    return this != API;
  }
}
