package dev.handoff;

/// The user's code for one task type. It runs on a virtual thread, may block, and is called again,
/// from its beginning, when an attempt fails or its node dies; what must not be paid for twice goes
/// into [TaskContext#step]. One handler serves many attempts at once.
///
/// While it runs, the mapped diagnostic context of SLF4J on its thread has `task`, `type`,
/// `attempt` and `owner`. Threads that it starts do not.
///
/// A virtual thread that computes without ever waiting keeps a processor from the others: new
/// attempts begin late. Types that compute for long get a [Policy#withConcurrency] below the number
/// of processors.
@FunctionalInterface
public interface Handler<Q, R> {
  /// Does the work. An interrupt means that this attempt is over ([TaskContext#stopRequested]):
  /// stop soon, nothing written afterwards counts. A handler that goes on nevertheless is counted,
  /// and while there are more of them than the node has slots, nothing is claimed there.
  ///
  /// @throws Exception for a failed attempt; an [AttemptException] says more than others
  Outcome<R> handle(Q request, TaskContext context) throws Exception;
}
