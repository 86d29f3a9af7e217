package dev.handoff.spring.live;

import dev.handoff.EventSubscriber;
import dev.handoff.LoggedEvent;
import java.util.List;

/// Writes one task's events on a stream, and ends it with the last one.
record TaskEventWriter(EventStream to, EventTexts texts) implements EventSubscriber {
  /// The number of characters that are written at once, so that long events do not fill memory.
  private static final int AT_ONCE = 64 * 1024;

  @Override
  public void onEvents(List<LoggedEvent> events) {
    StringBuilder text = new StringBuilder(Math.min(AT_ONCE, events.size() * 160));
    for (LoggedEvent logged : events) {
      EventTexts.EventText event = texts.of(logged);
      text.append("id: ").append(logged.seq()).append('\n');
      text.append("event: ").append(event.word()).append('\n');
      text.append("data: ").append(event.json()).append("\n\n");
      if (text.length() > AT_ONCE) {
        to.write(text.toString());
        text.setLength(0);
      }
    }
    if (!text.isEmpty()) {
      to.write(text.toString());
    }
    if (events.getLast().event().isTerminal()) {
      to.close();
    }
  }

  // Without an id: a reader that loses the connection before the first event resumes from its old
  // position.
  @Override
  public void onReset(long last) {
    to.write("event: reset\ndata: {\"last\":" + last + "}\n\n");
  }

  @Override
  public void onGone() {
    to.close();
  }
}
