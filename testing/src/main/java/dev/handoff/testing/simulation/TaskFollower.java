package dev.handoff.testing.simulation;

import dev.handoff.EventSubscriber;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.engine.Engine;
import java.util.ArrayList;
import java.util.List;

/// A follower of a task that records what it was told.
final class TaskFollower implements EventSubscriber {
  private final TaskId task;
  private final RunHistory history;
  private final List<LoggedEvent> told = new ArrayList<>();
  private long after;
  private boolean gone;

  TaskFollower(TaskId task, RunHistory history) {
    this.task = task;
    this.history = history;
  }

  void follow(Engine engine, long from) {
    after = from;
    history.line("a follower of " + task + " begins after " + from);
    var ignored = engine.follow(task, LogPosition.after(from), this);
  }

  TaskId task() {
    return task;
  }

  /// The number after which it was told.
  long after() {
    return after;
  }

  List<LoggedEvent> told() {
    return told;
  }

  @Override
  public void onReset(long last) {
    history.line("a follower of " + task + " is told of a reset to " + last);
    told.clear();
    after = 0;
  }

  @Override
  public void onGone() {
    history.line("a follower of " + task + " is told that it is gone");
    gone = true;
  }

  /// Whether the last it was told is an end: with that its subscription ended.
  boolean sawTheEnd() {
    return !told.isEmpty() && told.getLast().event().isTerminal();
  }

  /// Whether it was told that nothing more comes.
  boolean gone() {
    return gone;
  }

  @Override
  public void onEvents(List<LoggedEvent> events) {
    for (LoggedEvent event : events) {
      long expected = after + told.size() + 1;
      if (event.seq() != expected) {
        history.wrong("a follower of " + task + " was told " + event + " instead of " + expected);
      }
      told.add(event);
    }
  }
}
