package dev.handoff;

/// Which tasks are claimed first. A higher priority goes before a lower one, except that one of ten
/// claims of a node goes to a waiting task of lower priority: it is slow while higher ones last,
/// but it does run.
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
