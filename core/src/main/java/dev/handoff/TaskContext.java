package dev.handoff;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/// What a handler can do during one attempt. Safe for use by many threads. Once the attempt has
/// lost its lease (cancelled, timed out, rescued by another node) calls are ignored, apart from
/// [#step] and [#reserve], which throw [LeaseLostException].
public interface TaskContext {
  /// Returns the id of the task that this attempt works on.
  TaskId taskId();

  /// Returns the submission of the task: owner, tenant, subject, priority and start.
  Submission submission();

  /// Returns the number of this attempt, from 1.
  int attempt();

  /// Reports progress. Percent never falls within an attempt: a lower value keeps the higher one.
  /// Does not block: it is written within about 50 ms, together with other reports.
  void progress(int percent, String message);

  /// Reports progress with the name of the current part.
  void progress(int percent, String message, String step);

  /// Reports a piece of the result. Followers get it at once, later ones from the log. Blocks only
  /// while more is reported than the store can take. A character whose halves (UTF-16 surrogates)
  /// come in two chunks is put together; a half without the other becomes U+FFFD.
  ///
  /// @throws PayloadTooLargeException over [Bounds#chunk], or when the task's log has more events
  ///   than [Bounds#eventsPerTask], those of earlier attempts included
  void emit(String chunk);

  /// Takes back all chunks that this attempt has emitted so far, for a handler that falls back to
  /// another answer: followers are told by [TaskEvent.OutputReset] and clear the text, in order
  /// with the chunks around it. The log keeps the chunks. Does nothing if none was emitted since
  /// the attempt began or the last reset. Not needed at a retry: the start of an attempt voids the
  /// output of the one before. Nodes of a Handoff that does not know this method cannot read the
  /// log then; call it when all have been replaced.
  ///
  /// @throws PayloadTooLargeException as [#emit] does
  default void resetOutput() {
    throw new UnsupportedOperationException("this context cannot take back output");
  }

  /// Reports a line for the person who waits, at most 4,000 characters (a longer one is cut).
  void log(LogLevel level, String line);

  /// Adds used tokens to those of the task.
  void usage(Usage usage);

  /// Reserves units of an account for as long as this task is open, over all of its attempts. A
  /// repeated call changes nothing while as many are reserved. A [Settlement] in the outcome takes
  /// what was used; the rest is available again when the task ends.
  ///
  /// @param units 1 to [Budgets#LIMIT]
  /// @throws BudgetExceededException when fewer are available
  /// @throws LeaseLostException when the attempt may not write any more
  void reserve(String account, long units);

  /// Returns a gate, to close it for all nodes or to say what was spent; also one that this task
  /// does not pass. Not fenced: it works after the attempt has lost its lease.
  ///
  /// @throws IllegalArgumentException for a name that no gate can have
  default TaskGate gate(String name) {
    throw new UnsupportedOperationException("this context has no gates");
  }

  /// Runs a part of the work once: calls `work`, stores durably what it returned, and returns the
  /// stored value to every later attempt without calling it again. A step that throws is not
  /// stored, and may be called again. A step does not return null.
  ///
  /// Names are unique within the task, at most 200 characters: a loop adds its index to the name. A
  /// value that another version of the application stored and this one cannot read is thrown as a
  /// [HandoffException]; a handler that lets it through hands the task back without costing an
  /// attempt.
  ///
  /// @throws IllegalStateException when a step of this name has returned in this attempt, or is
  ///   running
  /// @throws Exception what `work` throws
  /// @throws LeaseLostException when the attempt may not write any more
  <T> T step(String name, Class<T> type, Callable<T> work) throws Exception;

  /// As [#step(String, Class, Callable)], for a value whose type has arguments: `new
  /// TypeRef<List<Point>>() {}`.
  ///
  /// @throws Exception what `work` throws
  /// @throws LeaseLostException when the attempt may not write any more
  default <T> T step(String name, TypeRef<T> type, Callable<T> work) throws Exception {
    if (type.isClass()) {
      return step(name, type.rawType(), work);
    }
    throw new UnsupportedOperationException("this context takes steps of plain classes only");
  }

  /// Returns when the soft limit passes; empty if the type has none.
  Optional<Instant> softDeadline();

  /// Runs a part that is interrupted at the soft limit, so that the handler can still produce a
  /// fallback within its hard limit.
  ///
  /// @throws SoftLimitException when the soft limit passed first
  /// @throws Exception what `work` throws
  <T> T beforeSoftLimit(Callable<T> work) throws Exception;

  /// Returns whether this attempt is over, for whatever reason: the task was cancelled, the hard
  /// limit passed, the node closes and hands the task back, or another node has it. The thread was
  /// interrupted at that moment, and nothing that is written afterwards counts. Another attempt may
  /// follow unless [#cancelRequested] is true as well. Costs nothing: loops can ask for it.
  default boolean stopRequested() {
    return cancelRequested();
  }

  /// Returns whether the task was cancelled: nobody wants its result any more, and no attempt
  /// follows. False when the attempt has to stop for another reason; ask [#stopRequested] for all
  /// of them. Costs a read of the task, once, when the attempt has lost its lease; false if the
  /// store is unavailable then.
  boolean cancelRequested();
}
