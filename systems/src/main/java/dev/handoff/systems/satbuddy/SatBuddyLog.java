package dev.handoff.systems.satbuddy;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.TaskEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the lines that SAT Buddy's operators look for.
final class SatBuddyLog implements EngineListener {
  private final Logger log = LoggerFactory.getLogger(SatBuddyLog.class);

  @Override
  public void on(EngineEvent event) {
    if (event instanceof EngineEvent.AttemptEnded ended
        && ended.stored()
        && ended.type().startsWith(SatBuddyTypes.PREFIX)) {
      write(ended);
    }
  }

  private void write(EngineEvent.AttemptEnded ended) {
    switch (ended.ending()) {
      case TaskEvent.TaskCompleted _ -> log.info("AI task {} completed successfully", ended.task());
      case TaskEvent.TaskFailed(var failure) ->
          log.warn("Error in AI task {}: {}", ended.task(), failure.message());
      case TaskEvent.AttemptFailed(var _, var failure, var _) ->
          log.info("Error in AI task {}: {}", ended.task(), failure.message());
      default -> {
        // The engine's own log has it.
      }
    }
  }
}
