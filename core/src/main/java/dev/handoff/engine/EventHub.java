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

/// The one place of a node where committed events meet those who follow them. An idle follower
/// costs its [Following] and a place in a list, no thread. Safe for use by many threads.
final class EventHub implements AutoCloseable {
  private final EngineParts parts;
  private final Map<TaskId, List<Following>> followers = new ConcurrentHashMap<>();

  EventHub(EngineParts parts) {
    this.parts = parts;
  }

  /// Tells the subscriber everything after this position: first from the store, then as it is
  /// committed.
  Subscription follow(TaskId task, LogPosition position, EventSubscriber subscriber) {
    Following following = new Following(task, position, subscriber, parts, this::forget);
    followers.compute(
        task,
        (_, others) -> {
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

  /// Something was committed elsewhere: whoever follows the task reads on. Returns at once.
  void lookAgain(TaskId task) {
    List<Following> following = followers.get(task);
    if (following != null) {
      following.forEach(Following::lookAgain);
    }
  }

  /// Anything may have been committed elsewhere.
  void lookAgain() {
    followers.keySet().forEach(this::lookAgain);
  }

  private void forget(Following following) {
    followers.computeIfPresent(
        following.task(),
        (_, all) -> {
          all.remove(following);
          return all.isEmpty() ? null : all;
        });
  }

  /// How many follow at the moment.
  int size() {
    return followers.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public void close() {
    followers.values().forEach(all -> all.forEach(Following::close));
  }
}
