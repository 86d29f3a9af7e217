package dev.handoff;

/// What goes first when tasks wait. A higher priority is always claimed before a lower one.
public enum Priority {
  /// After everything else.
  LOW,
  /// The default.
  NORMAL,
  /// Before everything else.
  HIGH;

  /// The word on the wire: `low`, `normal`, `high`.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
