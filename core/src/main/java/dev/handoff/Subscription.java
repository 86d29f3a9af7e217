package dev.handoff;

/// A subscription, which [#close] ends. A call that is running then may complete. It closes itself
/// after the last event of its task.
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
