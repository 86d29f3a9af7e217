package dev.handoff;

import java.util.Collection;

/// A task was submitted under a name that no task type of this engine has.
public final class UnknownTaskTypeException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final String type;

  /// The name asked for, and the names there are.
  public UnknownTaskTypeException(String type, Collection<String> known) {
    super("there is no task type '" + type + "'; known are " + known.stream().sorted().toList());
    this.type = type;
  }

  /// The name that was asked for.
  public String type() {
    return type;
  }
}
