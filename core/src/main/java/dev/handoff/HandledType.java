package dev.handoff;

/// A task type together with the code that does its tasks. Without that code
/// ([TaskType#submitOnly]) its tasks can be submitted, followed and read on a node, and run on
/// others.
public record HandledType<Q, R>(TaskType<Q, R> type, Handler<Q, R> handler) {
  /// Returns whether there is code that does its tasks: a node claims no others.
  public boolean isHandled() {
    return !(handler instanceof NoHandler<Q, R>);
  }

  /// Stands where no code is.
  record NoHandler<Q, R>(String type) implements Handler<Q, R> {
    @Override
    public Outcome<R> handle(Q request, TaskContext context) {
      throw new IllegalStateException("this node has no handler of '" + type + "'");
    }
  }
}
