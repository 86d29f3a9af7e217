package dev.handoff.engine;

import dev.handoff.Effect;
import dev.handoff.TaskEvent;
import dev.handoff.UncachedResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an attempt is to end: the event, the handler's own writes, and the exception that an
/// operator wants to see.
record AttemptEnding(TaskEvent event, List<Effect> effects, @Nullable Throwable cause) {
  static AttemptEnding of(TaskEvent event, @Nullable Throwable cause) {
    return new AttemptEnding(event, List.of(), cause);
  }

  /// Returns whether code of the application runs in the commit: [UncachedResult] has none.
  boolean hasEffectsOfHandler() {
    return effects.stream().anyMatch(effect -> !(effect instanceof UncachedResult));
  }
}
