package dev.handoff;

/// A subscriber's place at a task; closing it ends the calls. One that runs while it is closed may
/// come to its end. It closes itself after the task's last event.
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
