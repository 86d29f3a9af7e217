package dev.handoff;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/// A handler's line to the engine during one attempt. Safe for use by many threads. Once the
/// attempt has lost its lease (cancelled, timed out, rescued by another node) its calls are
/// ignored, apart from [#step], which throws [LeaseLostException].
public interface TaskContext {
  /// Returns the id of the task that this attempt works on.
  TaskId taskId();

  /// Whose it is and what it is about.
  Submission submission();

  /// The number of this attempt, from 1.
  int attempt();

  /// How far it is. Percent never goes down within an attempt: a lower value keeps the higher one.
  /// Costs no wait: it is written within about 50 ms, together with what else was reported.
  void progress(int percent, String message);

  /// The same, with the name of the part it is in.
  void progress(int percent, String message, String step);

  /// A piece of the answer, to be seen at once by whoever watches and replayed to whoever comes
  /// later. Waits only when more is put out than the store can take.
  ///
  /// @throws PayloadTooLargeException over [Bounds#chunk], or when the task's log has more events
  ///   than [Bounds#eventsPerTask], those of earlier attempts included
  void emit(String chunk);

  /// A line for the person waiting, at most 4,000 characters (longer ones are cut).
  void log(LogLevel level, String line);

  /// Tokens used, added to those of the task.
  void usage(Usage usage);

  /// Holds units of an account for as long as this task is open, over all of its attempts: called
  /// again, it changes nothing while as many are held. Take what was used with a [Settlement] in
  /// the outcome; what is not taken is free again when the task ends.
  ///
  /// @param units 1 to [Budgets#LIMIT]
  /// @throws BudgetExceededException when fewer are available
  /// @throws LeaseLostException when the attempt may not write any more
  void reserve(String account, long units);

  /// The remembered result of a part of the work: calls `work` once, stores what it returned
  /// durably, and gives back the stored value to every later attempt without calling again. A step
  /// that throws is not remembered. Names are unique within the task, at most 200 characters. What
  /// another version of the application stored and this one cannot read is thrown as a
  /// [HandoffException]: let through, it hands the task back without blame, and is not called
  /// again.
  ///
  /// @throws Exception what `work` throws
  /// @throws LeaseLostException when the attempt may not write any more
  <T> T step(String name, Class<T> type, Callable<T> work) throws Exception;

  /// When the handler is asked to come to an end, where its type has a soft limit.
  Optional<Instant> softDeadline();

  /// Runs a part that may be given up at the soft limit: it is interrupted there, and the handler
  /// can still write a fallback within its hard limit.
  ///
  /// @throws SoftLimitException when the soft limit passed first
  /// @throws Exception what `work` throws
  <T> T beforeSoftLimit(Callable<T> work) throws Exception;

  /// Whether nobody wants the result any more. The attempt's thread was interrupted when this
  /// became true.
  boolean cancelRequested();
}
