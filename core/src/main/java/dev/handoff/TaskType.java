package dev.handoff;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A kind of task: its name, what its handler gets and gives back, and its policy. The name is
/// stored with each task, so it stays the same when the code changes. `identity` says which
/// requests are the same (see [Sharing]); nothing means that this request is never shared.
public record TaskType<Q, R>(
    String name,
    Class<Q> requestType,
    Class<R> resultType,
    Policy policy,
    Function<Q, Optional<String>> identity) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  /// The name has 1 to 100 of `a-z 0-9 . _ -` and begins with a letter or digit.
  public TaskType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a task type's name has 1 to 100 of a-z 0-9 . _ - and begins with a letter or digit, was: "
              + name);
    }
  }

  /// A type with the default policy, whose requests are the same when their encoded text is.
  public static <Q, R> TaskType<Q, R> of(String name, Class<Q> requestType, Class<R> resultType) {
    return new TaskType<>(
        name, requestType, resultType, Policy.DEFAULTS, ignored -> Optional.of(""));
  }

  /// Returns a copy of this type with this policy.
  public TaskType<Q, R> withPolicy(Policy policy) {
    return new TaskType<>(name, requestType, resultType, policy, identity);
  }

  /// Returns a copy with this rule for which requests are the same.
  public TaskType<Q, R> identifiedBy(Function<Q, Optional<String>> identity) {
    return new TaskType<>(name, requestType, resultType, policy, identity);
  }

  /// Returns this type without a handler, to start an engine with that only submits its tasks: a
  /// node with a handler runs them. [Policy#whenNoWorker] does not apply, for there is nothing to
  /// run.
  public HandledType<Q, R> submitOnly() {
    return new HandledType<>(this, new HandledType.NoHandler<>(name));
  }

  /// Returns this type with the handler that runs its tasks, to start an engine with.
  public HandledType<Q, R> handledBy(Handler<Q, R> handler) {
    return new HandledType<>(this, handler);
  }
}
