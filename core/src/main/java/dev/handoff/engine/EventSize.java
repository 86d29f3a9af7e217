package dev.handoff.engine;

import dev.handoff.LoggedEvent;
import dev.handoff.Progress;
import dev.handoff.TaskEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// About how much memory events take.
final class EventSize {
  /// An event without its texts.
  private static final int EMPTY = 128;

  private EventSize() {}

  static long of(List<LoggedEvent> events) {
    long size = 0;
    for (LoggedEvent event : events) {
      size += EMPTY + texts(event.event());
    }
    return size;
  }

  private static long texts(TaskEvent event) {
    return switch (event) {
      case TaskEvent.ChunkEmitted(String text) -> text.length();
      case TaskEvent.LineLogged(var ignored, String text) -> text.length();
      case TaskEvent.ProgressReported(Progress progress) ->
          length(progress.message()) + length(progress.step());
      case TaskEvent.TaskCompleted(var result) -> result.text().length();
      case TaskEvent.AttemptFailed(var ignored, var failure, var unusedRetryAt) ->
          failure.message().length();
      case TaskEvent.TaskFailed(var failure) -> failure.message().length();
      case TaskEvent.AttemptSnoozed(var ignored, String message) -> message.length();
      case TaskEvent.TaskCancelled(String reason, var ignored) -> reason.length();
      case TaskEvent.OutputReset ignored -> 0;
      case TaskEvent.TaskSubmitted ignored -> 0;
      case TaskEvent.AttemptStarted ignored -> 0;
      case TaskEvent.UsageRecorded ignored -> 0;
      case TaskEvent.TaskRescued ignored -> 0;
      case TaskEvent.TaskRetried ignored -> 0;
    };
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
