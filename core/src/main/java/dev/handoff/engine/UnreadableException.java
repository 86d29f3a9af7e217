package dev.handoff.engine;

import dev.handoff.HandoffException;
import dev.handoff.PayloadException;
import java.util.Objects;

/// What is stored of a task cannot be read by the code of this node: another version wrote it, or
/// will be able to read it. The task is handed back without blame.
final class UnreadableException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String problem;

  private UnreadableException(String what, Throwable cause) {
    super(message(what, cause), cause);
    this.what = what;
    this.problem =
        cause instanceof PayloadException explained ? explained.problem() : "it has another form";
  }

  private static String message(String what, Throwable cause) {
    return cause instanceof PayloadException explained
        ? Objects.requireNonNullElse(explained.getMessage(), what)
        : what + " cannot be read: " + cause.getClass().getName() + " was thrown";
  }

  static UnreadableException request(String type, Throwable cause) {
    return new UnreadableException("The request of this '" + type + "' task", cause);
  }

  static UnreadableException step(String type, String name, Throwable cause) {
    return new UnreadableException(
        "What step '" + name + "' of this '" + type + "' task returned", cause);
  }

  /// Returns what the person waiting may read while the task waits.
  String waiting() {
    return "Waiting for a worker that can read this task, which another version of the application"
        + " stored.";
  }

  /// Returns what the person waiting may read once it waited for too long: what cannot be read, and
  /// what to do.
  String ended() {
    return what
        + " cannot be read: "
        + problem
        + ". It was stored by another version of the application. Deploy a version that reads it,"
        + " or that converts it with an upcaster, and retry the task.";
  }
}
