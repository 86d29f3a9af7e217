package dev.handoff.spring.live;

import dev.handoff.LoggedEvent;
import dev.handoff.spring.wire.EventView;
import dev.handoff.spring.wire.WireJson;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A cache of events as JSON, so that an event is serialized once for all followers on this node,
/// which get the same object. Keeps recent events of at most [#LONGEST_KEPT] characters. Safe for
/// use by many threads.
final class EventTexts {
  static final int LONGEST_KEPT = 8_192;
  private static final int CACHE_SLOTS = 1 << 10;

  private final AtomicReferenceArray<@Nullable EventText> kept =
      new AtomicReferenceArray<>(CACHE_SLOTS);

  /// An event, its `type`, and its JSON in one line.
  record EventText(LoggedEvent event, String word, String json) {}

  @SuppressWarnings("ReferenceEquality")
  EventText of(LoggedEvent event) {
    int place = System.identityHashCode(event) & (CACHE_SLOTS - 1);
    EventText there = kept.get(place);
    if (there != null && there.event() == event) {
      return there;
    }
    EventView view = EventView.of(event);
    EventText text = new EventText(event, view.word(), WireJson.write(view));
    if (text.json().length() <= LONGEST_KEPT) {
      kept.set(place, text);
    }
    return text;
  }
}
