package dev.handoff.jdbc.postgres;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.jdbc.row.NewRow;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskFold;
import dev.handoff.store.Claim;
import dev.handoff.store.NewTask;
import java.time.Instant;
import java.util.List;

/// A new task whose first attempt starts as it is stored.
public record StartedRow(NewRow row, StoredTask stored, Claim claim) {
  /// Starts a waiting task at this node.
  static StartedRow of(NewRow waiting, NodeId node, long fence, Instant now) {
    NewTask given = waiting.given();
    Lease lease = new Lease(given.id(), node, fence);
    AttemptStarted started = new AttemptStarted(1, lease);
    StoredTask stored = TaskFold.apply(NewRow.stored(given, waiting.task()), started, now);
    NewRow row =
        new NewRow(
            given,
            stored.task(),
            waiting.keys(),
            List.of(waiting.events().getFirst(), new LoggedEvent(2, now, started)));
    Claim claim =
        new Claim(
            lease,
            given.type(),
            given.submission(),
            1,
            given.policy().maxAttempts(),
            stored.round(),
            now,
            given.request(),
            2);
    return new StartedRow(row, stored, claim);
  }

  String type() {
    return row.given().type();
  }
}
