package dev.handoff.spring.api;

import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.wire.TaskSummaryView;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;

/// The call that streams all of the caller's tasks. Safe for use by many threads.
public final class StreamCalls implements ApiCalls {
  private final TaskStreams streams;

  public StreamCalls(TaskStreams streams) {
    this.streams = streams;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/events",
            Permission.READ,
            (request, caller) ->
                streams.openAll(
                    caller,
                    Optional.ofNullable(request.headers().firstHeader("Last-Event-ID"))
                        .filter(header -> !header.isEmpty())
                        .or(() -> request.param("after"))),
            EndpointDoc.call(
                    "followAll",
                    "All tasks of the caller: those that are open as they stand, then each that"
                        + " changes")
                .header("Last-Event-ID", String.class, "Resume from the last cursor received")
                .query("after", String.class, "The same, for clients without headers")
                .streams(
                    200,
                    TaskSummaryView.class,
                    MediaType.TEXT_EVENT_STREAM_VALUE,
                    "Server-sent events named task; id is the cursor, data the task as it stands."
                        + " Does not end by itself")));
  }
}
