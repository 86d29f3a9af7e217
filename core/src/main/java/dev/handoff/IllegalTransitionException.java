package dev.handoff;

/// An event came that cannot follow the state the task is in: a defect of the engine or the store,
/// never of a caller.
public final class IllegalTransitionException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// The state and the event that does not fit it.
  public IllegalTransitionException(TaskState from, TaskEvent event) {
    super(
        event.getClass().getSimpleName()
            + " cannot follow "
            + from.word()
            + "; this is a defect in the engine or its store, please report it");
  }
}
