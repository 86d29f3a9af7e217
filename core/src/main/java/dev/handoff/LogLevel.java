package dev.handoff;

/// How much a line of a task's log matters to the person reading it.
public enum LogLevel {
  /// Details that most readers need not see.
  DEBUG,
  /// The normal course of the work.
  INFO,
  /// Something unusual that healed itself.
  WARN,
  /// Something that needs a person.
  ERROR;

  /// The word on the wire and in the store.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
