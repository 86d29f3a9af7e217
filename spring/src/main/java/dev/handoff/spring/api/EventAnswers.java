package dev.handoff.spring.api;

import dev.handoff.EventPage;
import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.ProblemFilter;
import dev.handoff.spring.wire.EventView;
import dev.handoff.spring.wire.EventsView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Answers with the events of a task that the caller may see. Safe for use by many threads.
record EventAnswers(Handoff handoff, TaskStreams streams, LongPolls longPolls) {
  private static final int PAGE = 256;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}");

  static EndpointDoc doc(String operation, String summary) {
    return EndpointDoc.call(operation, summary)
        .header("Last-Event-ID", Long.class, "Resume after this number")
        .query("after", Long.class, "The same, for clients without headers")
        .query(
            "at",
            Instant.class,
            "When the event numbered after happened; if another one has its number now, the"
                + " answer begins anew")
        .query(
            "wait",
            Integer.class,
            "With Accept: application/json, up to so many seconds, 0 to 60, for a next event")
        .answers(
            200,
            EventsView.class,
            "With Accept: application/json, up to 256 events; with reset the first ones, in the"
                + " place of all that was seen before")
        .streams(
            200,
            EventView.class,
            MediaType.TEXT_EVENT_STREAM_VALUE,
            "Server-sent events; id is the number, event the type, data the event as JSON;"
                + " an event named reset says that all before it is void")
        .answers(204, "The task has ended and nothing after the given number is left to replay");
  }

  /// What follows this position: as JSON if that is asked for, else as a stream.
  ServerResponse of(ServerRequest request, Caller caller, Task task, LogPosition position)
      throws InterruptedException {
    if (wantsJson(request)) {
      return eventsAsJson(request, caller, task, position);
    }
    // 204 tells an `EventSource` not to reconnect: no further event follows.
    return handoff.isToldUpTo(task, position)
        ? ServerResponse.noContent().build()
        : streams.open(caller, task, handoff.doubted(task, position));
  }

  private static boolean wantsJson(ServerRequest request) {
    String accepted =
        String.join(",", request.headers().header(HttpHeaders.ACCEPT)).toLowerCase(Locale.ROOT);
    return accepted.contains(MediaType.APPLICATION_JSON_VALUE)
        && !accepted.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
  }

  private ServerResponse eventsAsJson(
      ServerRequest request, Caller caller, Task task, LogPosition position)
      throws InterruptedException {
    Duration wait = longPoll(request);
    EventPage page = page(task, position);
    if (wait.isPositive() && !task.isTerminal() && page.events().isEmpty()) {
      // Without a wait the reader would repeat its request at once.
      if (!longPolls.untilNewEvent(caller, task.id(), position, wait)) {
        throw new ProblemException(
            Problem.TOO_MANY_STREAMS, ProblemFilter.retryAfter(LongPolls.RETRY_AFTER));
      }
      page = page(task, position);
    }
    List<LoggedEvent> events = page.events();
    return Answers.ok(
        new EventsView(
            events.stream().map(EventView::of).toList(),
            events.isEmpty() ? position.after() : events.getLast().seq(),
            page.reset() ? true : null));
  }

  private EventPage page(Task task, LogPosition position) {
    return handoff
        .events(task.id(), position, PAGE)
        .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND));
  }

  private static Duration longPoll(ServerRequest request) {
    String text = request.param("wait").orElse("0");
    long seconds = SECONDS.matcher(text).matches() ? Long.parseLong(text) : Long.MAX_VALUE;
    if (seconds > LongPolls.LONGEST.toSeconds()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          Map.of(),
          Map.of(
              "errors",
              List.of(Map.of("parameter", "wait", "message", "is a whole number from 0 to 60"))));
    }
    return Duration.ofSeconds(seconds);
  }
}
