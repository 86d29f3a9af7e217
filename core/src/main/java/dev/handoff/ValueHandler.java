package dev.handoff;

/// A [Handler] that only ever completes: what it returns is the result of the task. Everything that
/// holds for a handler holds for it. To snooze, to cancel or to write own rows in the commit of the
/// result, use a [Handler].
@FunctionalInterface
public interface ValueHandler<Q, R> {
  /// Does the work and returns its result, which is not null.
  ///
  /// @throws Exception for a failed attempt; an [AttemptException] says more than others
  R handle(Q request, TaskContext context) throws Exception;
}
