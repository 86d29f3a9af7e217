package dev.handoff.systems.zoneinsights;

import dev.handoff.Handoff;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where no worker is, the node that took a submit does its work, and the request waits for it. A
/// submit inside a transaction cannot be begun before the commit, so that wait is here. Safe for
/// use by many threads.
final class OwnWork {
  // An idle worker elsewhere begins within milliseconds; the engine looks for work that nobody
  // begins after a second.
  private static final Duration BEGIN = Duration.ofMillis(2_500);

  private final Handoff handoff;
  private final Role role;
  private final Duration longest;

  OwnWork(Handoff handoff, Role role, Duration longest) {
    this.handoff = handoff;
    this.role = role;
    this.longest = longest;
  }

  /// Waits for the first attempt if this node makes it although it is no worker.
  void await(TaskId task) {
    if (role.runsTasks()) {
      return;
    }
    Watch watch = new Watch(handoff.status().node());
    try (var _ = handoff.follow(task, 0, watch::see)) {
      if (watch.begun.await(BEGIN.toMillis(), TimeUnit.MILLISECONDS) && watch.mine) {
        var _ = watch.over.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Watch {
    private final NodeId self;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean mine;

    Watch(NodeId self) {
      this.self = self;
    }

    void see(List<LoggedEvent> events) {
      for (LoggedEvent logged : events) {
        switch (logged.event()) {
          case TaskEvent.AttemptStarted(var _, var lease) -> {
            mine = lease.node().equals(self);
            begun.countDown();
          }
          case TaskEvent.TaskCompleted _,
              TaskEvent.TaskFailed _,
              TaskEvent.TaskCancelled _,
              TaskEvent.AttemptFailed _,
              TaskEvent.AttemptSnoozed _ -> {
            begun.countDown();
            over.countDown();
          }
          default -> {
            // Not yet.
          }
        }
      }
    }
  }
}
