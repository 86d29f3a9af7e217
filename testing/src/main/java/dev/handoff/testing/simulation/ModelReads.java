package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.store.ChangeQuery;
import dev.handoff.store.LogPage;
import dev.handoff.store.LogRange;
import dev.handoff.store.StateCount;
import dev.handoff.store.TaskStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads. A task whose retention has passed is not found by any of them.
record ModelReads(ModelTables tables, Instant now) {
  private static final long WITHOUT_TEXT = 40;

  Optional<ModelRow> visible(TaskId task) {
    return tables.row(task).filter(row -> row.isVisible(now));
  }

  /// Returns a part of a log, which stays readable for a while after its task has expired.
  Optional<LogPage> log(LogRange range) {
    return tables
        .row(range.task())
        .filter(row -> row.isVisible(now) || row.endedAfter(now.minus(TaskStore.TOLD_FOR)))
        .map(ignored -> part(tables.log(range.task()), range));
  }

  private static LogPage part(List<LoggedEvent> log, LogRange range) {
    int from = Math.toIntExact(Math.clamp(range.from() - 1, 0, log.size()));
    int atMost = Math.min(range.atMost(), log.size() - from);
    int size = Math.min(atMost, 3);
    // The last three count for nothing, so three come however large they are.
    long bytes = 0;
    while (size < atMost && bytes + size(log.get(from + size - 3).event()) < range.bytes()) {
      bytes += size(log.get(from + size - 3).event());
      size++;
    }
    return new LogPage(log.size(), log.subList(from, from + size));
  }

  /// About how large it is in a table, in bytes.
  private static long size(TaskEvent event) {
    String text =
        switch (event) {
          case ChunkEmitted chunk -> chunk.text();
          case LineLogged line -> line.text();
          case ProgressReported progress -> progress.progress().words().orElse("");
          default -> "";
        };
    return WITHOUT_TEXT + text.getBytes(StandardCharsets.UTF_8).length;
  }

  List<LoggedEvent> events(TaskId task, long after, int atMost) {
    List<LoggedEvent> log = visible(task).map(ignored -> tables.log(task)).orElse(List.of());
    int from = Math.toIntExact(Math.clamp(after, 0, log.size()));
    int until = Math.toIntExact(Math.min((long) from + atMost, log.size()));
    return List.copyOf(log.subList(from, until));
  }

  List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    NavigableSet<TaskId> all =
        query.owner() == null ? tables.rows().navigableKeySet() : owned(query.owner());
    return newestBelow(all, query.below(before))
        .takeWhile(row -> TaskIndex.BY_ID.compare(row.given().id(), query.lowest()) >= 0)
        .filter(row -> isAskedFor(query, row))
        .limit(TaskQuery.requirePage(atMost))
        .map(row -> TaskSummary.of(row.task()))
        .toList();
  }

  private NavigableSet<TaskId> owned(String owner) {
    return tables.index().ownedBy(owner);
  }

  private Stream<ModelRow> newestBelow(NavigableSet<TaskId> tasks, TaskId below) {
    return tasks.headSet(below, false).descendingSet().stream()
        .map(tables::known)
        .filter(row -> row.isVisible(now));
  }

  private static boolean isAskedFor(TaskQuery query, ModelRow row) {
    Submission submission = row.given().submission();
    return isOrAny(query.tenant(), submission.tenant())
        && isOrAny(query.subject(), submission.subject())
        && isOrAny(query.type(), row.given().type())
        && (query.statuses().isEmpty()
            || query.statuses().contains(TaskStatus.of(row.task().state())));
  }

  private static boolean isOrAny(@Nullable String asked, @Nullable String given) {
    return asked == null || asked.equals(given);
  }

  List<TaskSummary> changes(ChangeQuery query, int atMost) {
    return newestBelow(owned(query.of().owner()), query.below())
        .filter(row -> row.isOpen() || !row.task().timeline().updatedAt().isBefore(query.since()))
        .filter(row -> Objects.equals(row.given().submission().tenant(), query.of().tenant()))
        .limit(TaskQuery.requirePage(atMost))
        .map(row -> TaskSummary.of(row.task()))
        .toList();
  }

  List<TaskId> newest(Collection<String> owners, TaskId after, int atMost) {
    NavigableSet<TaskId> newest = new TreeSet<>(TaskIndex.BY_ID);
    for (String owner : owners) {
      owned(owner).tailSet(after, false).stream().limit(atMost).forEach(newest::add);
    }
    return newest.stream().limit(atMost).toList();
  }

  List<TaskSummary> summaries(Collection<TaskId> tasks) {
    NavigableSet<TaskId> once = new TreeSet<>(TaskIndex.BY_ID);
    once.addAll(tasks);
    return once.stream()
        .flatMap(task -> visible(task).stream())
        .map(row -> TaskSummary.of(row.task()))
        .toList();
  }

  List<StateCount> counts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (ModelRow row : tables.rows().values()) {
      if (row.isVisible(now)) {
        counts
            .computeIfAbsent(row.given().type(), ignored -> new TreeMap<>())
            .merge(row.task().state().word(), 1L, Long::sum);
      }
    }
    List<StateCount> all = new ArrayList<>();
    counts.forEach((type, states) ->
        states.forEach((state, count) -> all.add(new StateCount(type, state, count))));
    return all;
  }
}
