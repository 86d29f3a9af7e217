package dev.handoff.jdbc;

import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskLifecycle;
import dev.handoff.TaskState;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.jdbc.ChaosSubmits.RetryCount;
import dev.handoff.store.TaskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must be true after all that [ChaosTest] did, checked from the database and from what the
/// handlers wrote down outside it. Says what is not.
final class ChaosCheck {
  // Nodes agree on the time as precisely as their round trips to the database are long.
  private static final Duration CLOCKS_APART = Duration.ofMillis(200);

  private static final String QUERY_CANCELED = "57014";

  private final TaskStore store;
  private final Map<String, Integer> effects;
  private final ChaosSubmits submits;
  private final Map<String, List<String[]>> journal = new HashMap<>();
  private final Map<TaskId, Task> tasks = new HashMap<>();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

  /// `effects` are the rows that handlers inserted, by task.
  ChaosCheck(TaskStore store, Map<String, Integer> effects, ChaosSubmits submits) {
    this.store = store;
    this.effects = effects;
    this.submits = submits;
  }

  /// What one process wrote down; a line that a kill cut short has no full stop.
  void read(Path file) throws IOException {
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith(" .")) {
          String[] parts = line.split(" ", -1);
          journal.computeIfAbsent(parts[1], _ -> new ArrayList<>()).add(parts);
        }
      }
    }
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /// The tasks that were checked.
  Map<TaskId, Task> tasks() {
    return tasks;
  }

  /// All that is known of a task.
  String story(TaskId id) {
    StringBuilder story = new StringBuilder(id + " " + store.find(id).orElse(null) + "\n");
    store.events(id, 0, 10_000).forEach(line -> story.append("  ").append(line).append('\n'));
    journal
        .getOrDefault(id.toString(), List.of())
        .forEach(line -> story.append("  ").append(String.join(" ", line)).append('\n'));
    return story.toString();
  }

  /// Checks one task.
  ///
  /// @return whether all is right
  boolean isRight(TaskId id) {
    int before = wrong.size();
    check(id);
    return wrong.size() == before;
  }

  private void check(TaskId id) {
    Task task = store.find(id).orElse(null);
    if (task == null) {
      wrong.add("lost: " + id);
      return;
    }
    tasks.put(id, task);
    if (!task.isTerminal()) {
      wrong.add("stuck: " + id + " " + task.state());
      return;
    }
    try {
      List<LoggedEvent> events = store.events(id, 0, 10_000);
      checkReplay(task, events);
      checkAttempts(task, events);
    } catch (RuntimeException e) {
      wrong.add("broken: " + id + " " + e);
    }
    checkSteps(id);
    checkEffects(task);
  }

  private void checkReplay(Task task, List<LoggedEvent> events) {
    @Nullable TaskState state = null;
    long last = 0;
    for (LoggedEvent line : events) {
      if (line.seq() != ++last) {
        wrong.add("gap: " + task.id() + " has no event " + last);
        return;
      }
      state =
          state == null
              ? TaskLifecycle.begin((TaskSubmitted) line.event())
              : TaskLifecycle.apply(state, line.event(), line.at());
    }
    if (!task.state().equals(state) || task.activity().lastEvent() != last) {
      wrong.add("replay: " + task.id() + " gives " + state + ", stored is " + task);
    }
  }

  private void checkAttempts(Task task, List<LoggedEvent> events) {
    ChaosLog log = new ChaosLog(task.id());
    events.forEach(log::add);
    wrong.addAll(log.wrong());
    checkPolicy(task, log);
    checkRounds(task, log);
    checkBlame(task, log);
    checkBegun(task.id(), log);
  }

  private void checkPolicy(Task task, ChaosLog log) {
    ChaosKind kind = ChaosKind.of(task.type());
    boolean rightlyEnded =
        switch (task.state()) {
          case Completed _ -> log.attempts() >= kind.planned() || isFromCache(task, log);
          case Cancelled _ -> submits.cancelled().contains(task.id());
          default -> false;
        };
    if (!rightlyEnded) {
      wrong.add("end: " + task.id() + " after " + log.attempts() + " attempts: " + task.state());
    }
    if (task.state() instanceof Completed(Payload result, var _)
        && log.attempts() > 0
        && !result.text().startsWith(task.id() + " ")) {
      wrong.add("result: " + task.id() + " has " + result);
    }
  }

  // Of an equal task that completed not longer ago than the type says.
  private boolean isFromCache(Task task, ChaosLog log) {
    if (!task.type().equals(ChaosKind.CACHED.typeName()) || log.attempts() > 0) {
      return false;
    }
    Instant end = task.finishedAt().orElseThrow();
    return task.result()
        .flatMap(result -> TaskId.parse(result.text().split(" ", 2)[0]))
        .flatMap(store::find)
        .filter(other -> other.type().equals(task.type()))
        .filter(other -> store.request(other.id()).equals(store.request(task.id())))
        .flatMap(Task::finishedAt)
        .filter(at -> !at.isBefore(end.minus(ChaosKind.CACHE_FOR)))
        .isPresent();
  }

  // What breaks around a handler is not its failure. A short hard limit is, which counts waits too,
  // and a statement of its effect that takes too long.
  private void checkBlame(Task task, ChaosLog log) {
    ChaosKind kind = ChaosKind.of(task.type());
    for (AttemptFailed failed : log.failures()) {
      if (failed.attempt() >= kind.planned()
          && kind != ChaosKind.TIMED_OUT
          && !wasTooSlow(task.id(), failed.attempt())) {
        wrong.add("blamed: " + task.id() + " for " + failed);
      }
    }
    if (kind == ChaosKind.CHUNKS
        && task.state() instanceof Completed
        && log.chunks() != ChaosHandlers.CHUNKS) {
      wrong.add("chunks: " + task.id() + " has " + log.chunks());
    }
  }

  private boolean wasTooSlow(TaskId id, int attempt) {
    return journal.getOrDefault(id.toString(), List.of()).stream()
        .anyMatch(line ->
            line[0].equals("refused")
                && line[2].equals(Integer.toString(attempt))
                && line[3].equals(QUERY_CANCELED));
  }

  private void checkRounds(Task task, ChaosLog log) {
    RetryCount retries = submits.retries(task.id());
    if (log.retries() < retries.made() || log.retries() > retries.asked()) {
      wrong.add("retried: " + task.id() + " " + log.retries() + " times, not " + retries);
    }
    int most = ChaosKind.of(task.type()).attempts();
    if (log.longestRound() > most || log.attempts() > task.activity().maxAttempts()) {
      wrong.add("attempts: " + task.id() + " had " + log.longestRound() + " in a round");
    }
  }

  private void checkBegun(TaskId id, ChaosLog log) {
    Map<Integer, Integer> handlers = new HashMap<>();
    for (String[] line : journal.getOrDefault(id.toString(), List.of())) {
      if (line[0].equals("began")) {
        int attempt = Integer.parseInt(line[2]);
        handlers.merge(attempt, 1, Integer::sum);
        checkDue(id, log.dues().get(attempt), line);
      }
    }
    handlers.forEach((attempt, times) -> {
      // A handed back attempt has no number of its own.
      if (times > 1 + log.snoozes()) {
        wrong.add("handler: " + id + " attempt " + attempt + " called " + times + " times");
      }
    });
  }

  private void checkDue(TaskId id, @Nullable Instant due, String[] began) {
    if (due == null) {
      wrong.add("handler: " + id + " called for attempt " + began[2] + ", which never started");
    } else if (Instant.parse(began[5]).plus(CLOCKS_APART).isBefore(due)) {
      wrong.add("early: " + String.join(" ", began) + " was due " + due);
    }
  }

  // An attempt whose lease is lost may still read what a later one saved: only who called a step
  // saved it.
  private void checkSteps(TaskId id) {
    Set<String> called = new HashSet<>();
    Map<String, Integer> savedBy = new HashMap<>();
    List<String[]> lines = journal.getOrDefault(id.toString(), List.of());
    for (String[] line : lines) {
      String step = line[2] + " " + line[3];
      if (line[0].equals("called")) {
        called.add(step);
      } else if (line[0].equals("saved") && called.contains(step)) {
        savedBy.merge(line[3], Integer.parseInt(line[2]), Math::min);
      }
    }
    for (String[] line : lines) {
      Integer saved = savedBy.get(line[3]);
      if (line[0].equals("called") && saved != null && Integer.parseInt(line[2]) > saved) {
        wrong.add("step again: " + String.join(" ", line) + " although saved by " + saved);
      }
    }
  }

  private void checkEffects(Task task) {
    boolean expected = ChaosKind.of(task.type()).insertsRow() && task.state() instanceof Completed;
    int times = effects.getOrDefault(task.id().toString(), 0);
    if (times != (expected ? 1 : 0)) {
      wrong.add("effect: " + task.id() + " happened " + times + " times");
    }
  }
}
