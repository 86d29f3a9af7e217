package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A message that the server sends over the WebSocket.
public sealed interface LiveFrame {
  record OfEvent(String task, EventView event) implements LiveFrame {}

  /// Events sent before are void; the task's events follow from the first on, of which there are
  /// this many now.
  record OfReset(String task, long reset) implements LiveFrame {}

  /// The task's last event was sent, and the subscription has ended.
  record OfEnd(String task, boolean end) implements LiveFrame {}

  /// The place of a followed task in its line; null when it is not known any more.
  record OfQueue(String task, @Nullable PlaceView queue) implements LiveFrame {}

  /// A refusal; without a task if the request named none.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfProblem(@Nullable String task, ProblemView problem) implements LiveFrame {}

  /// The state of one of all tasks, and the cursor to resume from; after the first read of all
  /// tasks only the cursor.
  record OfTask(
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("all") @Nullable TaskSummaryView all,
      String cursor)
      implements LiveFrame {}

  /// The answer to a ping.
  record OfPong(long pong) implements LiveFrame {}
}
