package dev.handoff.engine;

import dev.handoff.EventSubscriber;
import dev.handoff.LoggedEvent;
import java.util.List;

/// Gives a signal when the followed task has ended, or does not exist any more.
record EndSignal(Signal ended) implements EventSubscriber {
  @Override
  public void onEvents(List<LoggedEvent> events) {
    if (events.getLast().event().isTerminal()) {
      ended.give();
    }
  }

  @Override
  public void onGone() {
    ended.give();
  }
}
