package dev.handoff;

/// Which parts of the work a node does.
public enum Role {
  /// Takes submits and runs tasks.
  ALL,
  /// Takes submits, answers questions, runs nothing.
  API,
  /// Runs tasks that other nodes have taken.
  WORKER;

  /// Whether tasks are run here.
  public boolean runsTasks() {
    return this != API;
  }
}
