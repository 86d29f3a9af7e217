package dev.handoff;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A kind of task: its name, what its handler gets and gives back, and its policy. The name is
/// stored with each task, so it stays the same when the code changes. `identity` says which
/// requests are the same (see [Sharing]); nothing means that this request is never shared.
///
/// Requests that wait while the code changes are read by the new code. Where the request's type
/// changes so that it cannot read them, give it another version ([#withRequestVersion]).
public record TaskType<Q, R>(
    String name,
    TypeRef<Q> requestRef,
    TypeRef<R> resultRef,
    Policy policy,
    Function<Q, Optional<String>> identity,
    RequestVersions<Q> versions) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  /// The name has 1 to 100 of `a-z 0-9 . _ -` and begins with a letter or digit.
  public TaskType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a task type's name has 1 to 100 of a-z 0-9 . _ - and begins with a letter or digit, was: "
              + name);
    }
  }

  /// A type whose request has had one version only.
  public TaskType(
      String name,
      Class<Q> requestType,
      Class<R> resultType,
      Policy policy,
      Function<Q, Optional<String>> identity) {
    this(
        name,
        TypeRef.of(requestType),
        TypeRef.of(resultType),
        policy,
        identity,
        RequestVersions.first());
  }

  /// A type with the default policy, whose requests are the same when their encoded text is.
  public static <Q, R> TaskType<Q, R> of(String name, Class<Q> requestType, Class<R> resultType) {
    return of(name, TypeRef.of(requestType), TypeRef.of(resultType));
  }

  /// A type whose request or result has type arguments, with the default policy.
  public static <Q, R> TaskType<Q, R> of(String name, TypeRef<Q> request, TypeRef<R> result) {
    return new TaskType<>(
        name,
        request,
        result,
        Policy.DEFAULTS,
        ignoredRequest -> Optional.of(""),
        RequestVersions.first());
  }

  /// A type whose tasks give nothing back, with the default policy. Its handler returns
  /// [Outcome#done()].
  public static <Q> TaskType<Q, NoResult> of(String name, Class<Q> requestType) {
    return of(name, requestType, NoResult.class);
  }

  /// Returns the class of the request, without its type arguments.
  public Class<Q> requestType() {
    return requestRef.rawType();
  }

  /// Returns the class of the result, without its type arguments.
  public Class<R> resultType() {
    return resultRef.rawType();
  }

  /// Returns a copy of this type with this policy.
  public TaskType<Q, R> withPolicy(Policy policy) {
    return new TaskType<>(name, requestRef, resultRef, policy, identity, versions);
  }

  /// Returns a copy with this rule for which requests are the same.
  public TaskType<Q, R> identifiedBy(Function<Q, Optional<String>> identity) {
    return new TaskType<>(name, requestRef, resultRef, policy, identity, versions);
  }

  /// Returns a copy whose requests are stored as this version; without it they are version 1. Raise
  /// it when the request's type changes so that requests which wait would be misread, and say with
  /// [#upcasting] how the older ones are read. Requests of a version that this code does not know
  /// wait for a node that does. Requests of different versions are never the same ([Sharing]).
  /// Raise it only after every node has a version of Handoff that knows this method: an older node
  /// whose codec reads any text would take the version for a part of the request.
  ///
  /// @param version at least 1
  public TaskType<Q, R> withRequestVersion(int version) {
    return new TaskType<>(
        name, requestRef, resultRef, policy, identity, versions.withCurrent(version));
  }

  /// Returns a copy that reads requests of an older version: as the type they had then, from which
  /// `upcast` makes a request of the present version. It is called at each attempt. When it throws,
  /// the request waits like any that cannot be read.
  ///
  /// @param version 1 or higher, and below that of [#withRequestVersion]
  public <O> TaskType<Q, R> upcasting(
      int version, Class<O> storedType, Function<? super O, ? extends Q> upcast) {
    return upcasting(version, TypeRef.of(storedType), upcast);
  }

  /// As [#upcasting(int, Class, Function)], for a type with type arguments.
  public <O> TaskType<Q, R> upcasting(
      int version, TypeRef<O> storedType, Function<? super O, ? extends Q> upcast) {
    return new TaskType<>(
        name,
        requestRef,
        resultRef,
        policy,
        identity,
        versions.with(version, new RequestVersions.Upcaster<>(storedType, upcast)));
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

  /// Returns this type with a handler that returns the result itself, to start an engine with.
  public HandledType<Q, R> answeredBy(ValueHandler<Q, R> handler) {
    return handledBy((request, context) -> Outcome.done(handler.handle(request, context)));
  }
}
