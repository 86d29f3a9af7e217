package dev.handoff;

/// What goes first when tasks wait. A higher priority is claimed before a lower one, except that
/// one of ten places of a node goes to a lower one that waits: it is slow while higher ones last,
/// and not forgotten.
public enum Priority {
  /// Claimed after tasks of the others.
  LOW,
  /// The priority of a task whose submission names none.
  NORMAL,
  /// Claimed before tasks of the others.
  HIGH;

  /// The word on the wire: `low`, `normal`, `high`.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
