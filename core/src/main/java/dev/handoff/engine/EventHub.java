package dev.handoff.engine;

import dev.handoff.EventSubscriber;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes committed events to the subscribers of their task. An idle subscription costs a
/// [Following] and a list entry, no thread. Safe for use by many threads.
final class EventHub implements AutoCloseable {
  private final EngineParts parts;
  private final Map<TaskId, List<Following>> followers = new ConcurrentHashMap<>();

  EventHub(EngineParts parts) {
    this.parts = parts;
  }

  /// Subscribes to the events after this position: first those in the store, then each as it is
  /// committed.
  Subscription follow(TaskId task, LogPosition position, EventSubscriber subscriber) {
    Following following = new Following(task, position, subscriber, parts, this::forget);
    followers.compute(
        task,
        (ignored, others) -> {
          List<Following> all = others == null ? new CopyOnWriteArrayList<>() : others;
          all.add(following);
          return all;
        });
    following.start();
    return following;
  }

  /// Passes on what was committed. Returns at once.
  void publish(TaskId task, List<LoggedEvent> events) {
    List<Following> following = followers.get(task);
    if (following != null) {
      following.forEach(one -> one.offer(events));
    }
  }

  /// Another node committed a change of this task: its subscribers read on. Returns at once.
  void lookAgain(TaskId task) {
    List<Following> following = followers.get(task);
    if (following != null) {
      following.forEach(Following::lookAgain);
    }
  }

  /// Hints of other nodes were lost: all subscribers read on.
  void lookAgain() {
    followers.keySet().forEach(this::lookAgain);
  }

  private void forget(Following following) {
    followers.computeIfPresent(
        following.task(),
        (ignored, all) -> {
          all.remove(following);
          return all.isEmpty() ? null : all;
        });
  }

  /// Returns how many subscribers there are at the moment.
  int size() {
    return followers.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public void close() {
    followers.values().forEach(all -> all.forEach(Following::close));
  }
}
