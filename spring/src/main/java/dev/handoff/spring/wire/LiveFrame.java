package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A message that the server sends over the WebSocket.
public sealed interface LiveFrame {
  record OfEvent(String task, EventView event) implements LiveFrame {}

  /// What was told of the task is void; its events follow from the first on, so many of them now.
  record OfReset(String task, long reset) implements LiveFrame {}

  /// The task's last event was told; it is not followed any more.
  record OfEnd(String task, boolean end) implements LiveFrame {}

  /// What was asked for is refused; without a task it was not about one.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfProblem(@Nullable String task, ProblemView problem) implements LiveFrame {}

  /// One of all tasks, as it stands, and where to go on; without a task, after the first look at
  /// all of them, only the latter.
  record OfTask(
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("all") @Nullable TaskSummaryView all,
      String cursor)
      implements LiveFrame {}

  /// The answer to a ping.
  record OfPong(long pong) implements LiveFrame {}
}
