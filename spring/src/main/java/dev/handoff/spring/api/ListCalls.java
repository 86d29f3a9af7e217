package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskStatus;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.wire.TaskSummaryView;
import dev.handoff.spring.wire.TasksView;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The list of the caller's tasks. Safe for use by many threads.
final class ListCalls implements ApiCalls {
  private static final int DEFAULT_LIMIT = 50;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  private final TaskVisibility visibility;
  private final Handoff handoff;

  ListCalls(TaskVisibility visibility, Handoff handoff) {
    this.visibility = visibility;
    this.handoff = handoff;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/tasks",
            Permission.READ,
            this::list,
            EndpointDoc.call("listTasks", "The caller's tasks, newest first, a page at a time")
                .query("state", String.class, "Only those in these states, separated by commas")
                .query("type", String.class, "Only those of this type")
                .query("subject", String.class, "Only those about this")
                .query("limit", Integer.class, "The most on a page, 1 to 200; 50 unless given")
                .query("cursor", String.class, "Go on where the page with this `next` ended")
                .answers(200, TasksView.class, "A page; next is null on the last one")));
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    TaskQuery query = query(request);
    PageCursor cursor = new PageCursor(caller, query);
    TaskVisibility.TaskPage page =
        visibility.list(
            caller, query, parameter(request, "cursor").map(cursor::read), limit(request));
    return Answers.ok(
        new TasksView(
            page.tasks().stream()
                .map(task -> TaskSummaryView.of(task, handoff.place(task)))
                .toList(),
            page.next().map(cursor::write).orElse(null)));
  }

  private static TaskQuery query(ServerRequest request) {
    TaskQuery query = TaskQuery.EVERYTHING.in(states(request));
    try {
      Optional<String> type = parameter(request, "type");
      Optional<String> subject = parameter(request, "subject");
      query = type.isPresent() ? query.ofType(type.get()) : query;
      return subject.isPresent() ? query.about(subject.get()) : query;
    } catch (IllegalArgumentException notAName) {
      throw refused("type", "type and subject have 1 to 200 characters and are not blank");
    }
  }

  private static Set<TaskStatus> states(ServerRequest request) {
    Set<TaskStatus> states = EnumSet.noneOf(TaskStatus.class);
    for (String word :
        parameter(request, "state").map(all -> all.split(",", 20)).orElse(new String[0])) {
      states.add(
          Arrays.stream(TaskStatus.values())
              .filter(status -> status.word().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  refused("state", "is one of queued, processing, completed, failed, cancelled")));
    }
    return states;
  }

  private static int limit(ServerRequest request) {
    String text = parameter(request, "limit").orElse(Integer.toString(DEFAULT_LIMIT));
    int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > TaskQuery.PAGE_LIMIT) {
      throw refused("limit", "is a whole number from 1 to " + TaskQuery.PAGE_LIMIT);
    }
    return limit;
  }

  // An empty parameter counts as missing.
  private static Optional<String> parameter(ServerRequest request, String name) {
    return request.param(name).filter(value -> !value.isEmpty());
  }

  private static ProblemException refused(String parameter, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        Map.of(),
        Map.of("errors", List.of(Map.of("parameter", parameter, "message", message))));
  }

  /// The end of a page, as an opaque text. It is valid for the same list of the same caller only.
  /// Its checksum is not a secret: a forged cursor still lists only tasks that the caller may see.
  record PageCursor(Caller caller, TaskQuery query) {
    private static final int LENGTH = 36 + 16;

    String write(TaskId last) {
      return (last.toString() + check(last)).replace("-", "");
    }

    TaskId read(String text) {
      if (text.length() == LENGTH - 4 && text.matches("[0-9a-f]+")) {
        String hex = text.substring(0, 32);
        Optional<TaskId> id =
            TaskId.parse(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
        if (id.isPresent() && text.endsWith(check(id.get()))) {
          return id.get();
        }
      }
      throw new ProblemException(Problem.INVALID_CURSOR);
    }

    private String check(TaskId last) {
      String states = query.statuses().stream().map(TaskStatus::word).sorted().toList().toString();
      return Digests.of(
              IdempotencyKey.scope(caller), query.type(), query.subject(), states, last.toString())
          .substring(0, 16);
    }
  }
}
