package dev.handoff;

import java.time.Duration;

/// What happens when the same request is submitted again. Two requests are the same when their task
/// type gives them the same identity, by default their encoded text.
///
/// Joining answers with the id of the owner's own open task, if that one runs, or waits with no
/// later start and no lower priority than are asked for now. Otherwise the request becomes a task
/// of its own, which later equal ones join, and the one that waits stays as it was asked for. A
/// request for a later start joins a task that runs sooner.
///
/// Replacing is for requests of which only the last one counts, such as a document that is saved
/// again and again (debouncing): the owner's own task with the same identity that still waits, for
/// its first attempt or for another one, is cancelled with the code [CancelCode#REPLACED], and its
/// reason names the new task, in the commit that stores that one. One that runs goes on, beside the
/// new task.
///
/// Caching makes a new task that is completed at once with the result of an equal one that
/// completed at most `cacheFor` ago (zero: no caching), within the scope. The handler does not run
/// for it, so only results are given out that need no handler: not one that was completed together
/// with effects, not one that its handler kept for its own task ([Outcome#uncached]), and none of
/// an attempt whose soft limit passed ([TaskContext#beforeSoftLimit]), which is a fallback. An
/// equal task runs its handler then.
public record Sharing(Join join, Scope scope, Duration cacheFor) {
  /// Each submit is a task of its own.
  public static final Sharing NONE = new Sharing(Join.NEVER, Scope.OWNER, Duration.ZERO);

  /// What becomes of an identical open task.
  public enum Join {
    /// Each submit becomes a task of its own.
    NEVER,
    /// Yes, if it is of the same owner and will run as soon.
    IDENTICAL,
    /// No: one of the same owner that waits is cancelled, and the new one stands in its place.
    REPLACING
  }

  /// Whose results may be given out again.
  public enum Scope {
    /// Only results of the same owner.
    OWNER,
    /// Those of the tenant; for an owner without a tenant, the owner's own.
    TENANT,
    /// Anybody's: only for requests that carry nothing private.
    EVERYONE
  }

  /// Refuses a negative time.
  public Sharing {
    if (cacheFor.isNegative()) {
      throw new IllegalArgumentException("cacheFor is not negative, was " + cacheFor);
    }
  }

  /// Joins the owner's identical open task.
  public static Sharing joining() {
    return new Sharing(Join.IDENTICAL, Scope.OWNER, Duration.ZERO);
  }

  /// Cancels the owner's identical task that still waits, in favour of the new one.
  public static Sharing replacing() {
    return new Sharing(Join.REPLACING, Scope.OWNER, Duration.ZERO);
  }

  /// Gives out results again for this long, within this scope.
  public Sharing caching(Duration cacheFor, Scope scope) {
    return new Sharing(join, scope, cacheFor);
  }
}
