package dev.handoff.engine;

import dev.handoff.HandoffException;

/// What is stored of a task cannot be read by the code of this node: another version wrote it, or
/// will be able to read it. The task is handed back without blame.
final class UnreadableException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }

  static UnreadableException request(Throwable cause) {
    return new UnreadableException(
        "the request cannot be read by this node; another version of the application wrote it",
        cause);
  }

  static UnreadableException step(String name, Throwable cause) {
    return new UnreadableException(
        "what step '"
            + name
            + "' returned cannot be read by this node; another version of the application wrote it",
        cause);
  }
}
