package dev.handoff;

/// The name of one running engine; a restarted process has a new one, so its former self can be
/// told from it.
public record NodeId(String value) {
  /// At most 200 characters, not blank.
  public NodeId {
    if (value.isBlank() || value.length() > 200 || !Texts.isWellFormed(value)) {
      throw new IllegalArgumentException("a node id has 1 to 200 characters, was: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
