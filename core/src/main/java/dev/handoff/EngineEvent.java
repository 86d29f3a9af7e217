package dev.handoff;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an engine reports about itself to its [EngineListener]; logs and metrics are made of it.
public sealed interface EngineEvent {
  /// The node is known to the store and runs.
  record NodeStarted(NodeId node, Role role, int concurrency) implements EngineEvent {}

  /// Requests of a type were handed off: so many became new tasks, for the others an equal task or
  /// its result was taken. Said before the caller's transaction ends, where there is one.
  record TasksSubmitted(String type, int created, int shared) implements EngineEvent {}

  /// An attempt is over. `ending` is what was written, or would have been: `stored` is false when
  /// the attempt had lost its lease. The cause is the handler's exception, for the operator's eyes
  /// only.
  record AttemptEnded(
      TaskId task,
      String type,
      int attempt,
      TaskEvent ending,
      Duration ran,
      boolean stored,
      @Nullable Throwable cause)
      implements EngineEvent {}

  /// Due tasks of this type wait, and no live node runs it. Reported by every node, about every 15
  /// s from the second time on that it was found so.
  record TypeUnhandled(String type) implements EngineEvent {}

  /// Tasks of dead nodes were rescued: queued again, or failed.
  record TasksRescued(int requeued, int failed) implements EngineEvent {}

  /// Finished tasks were deleted after their retention.
  record TasksPurged(int count) implements EngineEvent {}

  /// The lease of this node had lapsed: its running attempts were stopped, and it joined again.
  record LeaseLapsed(NodeId node, int attempts) implements EngineEvent {}

  /// A background service failed once; unless the node stops, it goes on.
  record ServiceFailed(String service, Throwable cause) implements EngineEvent {}

  /// A subscriber of a task's events failed and receives no more.
  record SubscriberFailed(TaskId task, Throwable cause) implements EngineEvent {}

  /// The node stopped; so many attempts were not over in time and were handed back.
  record NodeStopped(NodeId node, int handedBack) implements EngineEvent {}
}
