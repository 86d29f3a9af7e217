package dev.handoff.engine;

import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.store.StoreListener;
import java.util.List;

/// Forwards the store's notifications to the parts of an engine. Returns at once.
record CommitListener(
    EngineParts parts,
    Slots slots,
    Dispatcher dispatcher,
    LeaseKeeper leaseKeeper,
    EndAnnouncer announcer,
    EventHub hub,
    OwnerHub owners)
    implements StoreListener {
  @Override
  public void onTasksDue() {
    // A node without a worker's role leaves new tasks to the submitting threads; its safety
    // net finds the rest.
    if (parts.config().role().runsTasks()) {
      dispatcher.wake();
    }
  }

  @Override
  public void onEvents(TaskId task, List<LoggedEvent> events) {
    hub.publish(task, events);
    owners.publish(task, events);
    if (events.getLast().event() instanceof TaskCancelled) {
      slots.find(task).ifPresent(attempt -> attempt.stop(AttemptEnd.CANCELLED));
    }
  }

  @Override
  public void onEndsPending() {
    announcer.wake();
  }

  @Override
  public void onSubmitted(TaskId task, Submission submission) {
    owners.submitted(task, submission);
  }

  @Override
  public void onChangedRemotely(TaskId task) {
    hub.lookAgain(task);
    owners.lookAgain(task);
    slots.find(task).ifPresent(attempt -> leaseKeeper.check(attempt));
  }

  @Override
  public void onHintsLost() {
    onTasksDue();
    hub.lookAgain();
    owners.lookAgain();
    leaseKeeper.wake();
    announcer.wake();
  }

  @Override
  public void onNodesLost() {
    leaseKeeper.wake();
  }
}
