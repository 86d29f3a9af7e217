package dev.handoff.jdbc.row;

import dev.handoff.CancelCode;
import dev.handoff.Failure;
import dev.handoff.TaskState;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The columns of a state; null where one does not apply.
public record StateColumns(
    PlaceColumns place,
    ReasonColumns reason,
    @Nullable Instant finishedAt,
    @Nullable String result) {

  public record PlaceColumns(@Nullable Instant dueAt, @Nullable String node) {}

  public record ReasonColumns(
      @Nullable String waiting, @Nullable String failureKind, @Nullable String message) {}

  private static final PlaceColumns NO_PLACE = new PlaceColumns(null, null);
  private static final ReasonColumns NONE = new ReasonColumns(null, null, null);

  public static StateColumns of(TaskState state) {
    return switch (state) {
      case Queued(Instant dueAt, Waiting waiting) ->
          new StateColumns(new PlaceColumns(dueAt, null), reason(waiting), null, null);
      case Processing s ->
          new StateColumns(new PlaceColumns(null, s.lease().node().value()), NONE, null, null);
      case Completed s -> new StateColumns(NO_PLACE, NONE, s.at(), s.result().text());
      case Failed s -> new StateColumns(NO_PLACE, reason(null, s.failure()), s.at(), null);
      case Cancelled s -> new StateColumns(NO_PLACE, reason(s), s.at(), null);
    };
  }

  private static ReasonColumns reason(Waiting waiting) {
    return switch (waiting) {
      case Waiting.Submitted ignored -> new ReasonColumns("submitted", null, null);
      case Waiting.ForRetry w -> reason("retry", w.last());
      case Waiting.Snoozed w -> new ReasonColumns("snoozed", null, w.message());
      case Waiting.Rescued ignored -> new ReasonColumns("rescued", null, null);
      case Waiting.Retried ignored -> new ReasonColumns("retried", null, null);
    };
  }

  // Most are cancelled on request, which is what no code says.
  private static ReasonColumns reason(Cancelled cancelled) {
    String code = cancelled.code() == CancelCode.REQUESTED ? null : cancelled.code().code();
    return new ReasonColumns(null, code, cancelled.reason());
  }

  private static ReasonColumns reason(@Nullable String waiting, Failure failure) {
    return new ReasonColumns(waiting, failure.kind().code(), failure.message());
  }

  /// Returns 1 if the task can be claimed at this time, otherwise 0.
  public int readyAt(Instant now) {
    Instant due = place.dueAt();
    return due != null && !due.isAfter(now) ? 1 : 0;
  }
}
