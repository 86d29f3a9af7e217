package dev.handoff.spring.api;

import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskStatus;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.OperatorTasksView;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;

/// The page of the operators' list of tasks that a request asks for.
///
/// @param before the last task of the page before
record OperatorTaskFilters(TaskQuery query, Optional<TaskId> before, int limit) {
  private static final List<String> PARAMETERS =
      List.of(
          "state",
          "type",
          "tenant",
          "owner",
          "subject",
          "from",
          "to",
          ListFilters.LIMIT,
          ListFilters.CURSOR);

  static EndpointDoc doc() {
    return EndpointDoc.call(
            "listOperatedTasks", "Tasks of all owners, newest first, a page at a time")
        .query("state", String.class, "Only those in these states, separated by commas")
        .query("type", String.class, "Only those of this type")
        .query("tenant", String.class, "Only those of this tenant")
        .query("owner", String.class, "Only those of this owner")
        .query("subject", String.class, "Only those about this")
        .query("from", Instant.class, "Not created before this time")
        .query("to", Instant.class, "Created before this time")
        .query("limit", Integer.class, "The most on a page, 1 to 200; 50 unless given")
        .query("cursor", String.class, "Go on where the page with this `next` ended")
        .answers(200, OperatorTasksView.class, "A page; next is null on the last one");
  }

  /// @throws ProblemException for a filter that is unknown, or has no value that it can have
  static OperatorTaskFilters of(ServerRequest request) {
    ListFilters filters = ListFilters.of(request, PARAMETERS);
    Set<TaskStatus> states = EnumSet.noneOf(TaskStatus.class);
    filters
        .text("state")
        .ifPresent(words ->
            Arrays.stream(words.split(",", 20))
                .map(OperatorTaskFilters::state)
                .forEach(states::add));
    Instant from = filters.time("from").orElse(null);
    Instant to = filters.time("to").orElse(null);
    if (from != null && to != null && !from.isBefore(to)) {
      throw ListFilters.refused("to", "is a time after that of from");
    }
    return new OperatorTaskFilters(
        new TaskQuery(
            name(filters, "owner"),
            name(filters, "tenant"),
            name(filters, "subject"),
            name(filters, "type"),
            states,
            from,
            to),
        filters.text(ListFilters.CURSOR).map(OperatorTaskFilters::cursor),
        filters.limit());
  }

  private static @Nullable String name(ListFilters filters, String name) {
    String text = filters.text(name).orElse(null);
    if (text != null && (text.isBlank() || text.length() > 200)) {
      throw ListFilters.refused(name, "has 1 to 200 characters and is not blank");
    }
    return text;
  }

  private static TaskStatus state(String word) {
    return Arrays.stream(TaskStatus.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            ListFilters.refused(
                "state", "is one of queued, processing, completed, failed, cancelled"));
  }

  private static TaskId cursor(String text) {
    return TaskId.parse(text).orElseThrow(() -> new ProblemException(Problem.INVALID_CURSOR));
  }
}
