package dev.handoff.testing.store;

import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.util.Arrays;
import java.util.List;

/// What the parts of the contract share: a store with one live worker, and the usual moves.
interface StoreContract {
  /// The worker that has joined before each test, with a lease of an hour.
  NodeId NODE = new NodeId("node-1");

  TaskStore store();

  TestClock clock();

  StoreHarness harness();

  /// Closes the store and opens it again over the same data, with the worker joined anew.
  void reopen();

  default TaskId submitted(TaskDraft draft) {
    return submittedTask(draft).id();
  }

  default NewTask submittedTask(TaskDraft draft) {
    NewTask task = draft.at(clock().instant());
    store().submit(List.of(task));
    return task;
  }

  default Claim claimed(TaskDraft draft) {
    return claimed(submitted(draft));
  }

  default Claim claimed(TaskId task) {
    return claimedBy(NODE, task);
  }

  default Claim claimedBy(NodeId node, TaskId task) {
    return store().claim(task, node).orElseThrow(() -> new AssertionError("not due: " + task));
  }

  /// Claims so many tasks of type `chat`, or fewer.
  default List<Claim> claimedChats(int atMost) {
    return store().claim(new ClaimRequest(NODE, List.of(new Room("chat", atMost)), atMost));
  }

  default boolean append(Claim claim, TaskEvent... events) {
    return store().append(claim.lease(), Arrays.asList(events), List.of());
  }

  default boolean complete(Claim claim, String result) {
    return append(claim, new TaskCompleted(new Payload(result)));
  }

  default Task task(TaskId id) {
    return store().find(id).orElseThrow(() -> new AssertionError("not found: " + id));
  }

  default List<LoggedEvent> events(TaskId id) {
    return store().events(id, 0, Integer.MAX_VALUE);
  }
}
