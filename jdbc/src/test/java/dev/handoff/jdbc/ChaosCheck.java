package dev.handoff.jdbc;

import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskLifecycle;
import dev.handoff.TaskState;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.store.TaskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final TaskStore store;
  private final Map<String, Integer> effects;
  private final Set<TaskId> cancelled;
  private final Map<String, List<String[]>> journal = new HashMap<>();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

  ChaosCheck(TaskStore store, Map<String, Integer> effects, Set<TaskId> cancelled) {
    this.store = store;
    this.effects = effects;
    this.cancelled = cancelled;
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

  // Chunks carry the number of their attempt and their own: one attempt writes at a time, nothing
  // of it is missing before what came later, and nothing is there twice.
  private void checkAttempts(Task task, List<LoggedEvent> events) {
    int attempt = 0;
    int highest = 0;
    int snoozes = 0;
    long fence = 0;
    int chunk = 0;
    int percent = 0;
    Set<Integer> begun = new HashSet<>();
    for (LoggedEvent line : events) {
      switch (line.event()) {
        case AttemptStarted started -> {
          if (started.lease().fence() <= fence || started.attempt() != attempt + 1) {
            wrong.add("order of attempts: " + task.id() + " " + line);
          }
          fence = started.lease().fence();
          attempt = started.attempt();
          highest = Math.max(highest, attempt);
          begun.add(attempt);
          chunk = 0;
          percent = 0;
        }
        case AttemptSnoozed _ -> {
          attempt--;
          snoozes++;
        }
        case ChunkEmitted(String text) -> {
          if (!text.equals(attempt + " " + chunk++)) {
            wrong.add("chunk: " + task.id() + " " + line + " in attempt " + attempt);
          }
        }
        case ProgressReported reported -> {
          if (reported.progress().percent() < percent) {
            wrong.add("progress: " + task.id() + " " + line);
          }
          percent = reported.progress().percent();
        }
        default -> {}
      }
    }
    checkPolicy(task, highest);
    checkBegun(task.id(), begun, snoozes);
  }

  private void checkPolicy(Task task, int highest) {
    boolean rightlyEnded =
        switch (task.state()) {
          case Completed _ -> true;
          case Cancelled _ -> cancelled.contains(task.id());
          default -> false;
        };
    if (highest > ChaosNode.ATTEMPTS || !rightlyEnded) {
      wrong.add("attempts: " + task.id() + " had " + highest + " and is " + task.state());
    }
    int planned = task.type().equals(ChaosNode.Kind.SECOND_TRY.type().name()) ? 2 : 1;
    if (highest < planned && task.state() instanceof Completed) {
      wrong.add("attempts: " + task.id() + " had only " + highest);
    }
  }

  private void checkBegun(TaskId id, Set<Integer> begun, int snoozes) {
    Map<String, Integer> handlers = new HashMap<>();
    for (String[] line : journal.getOrDefault(id.toString(), List.of())) {
      if (line[0].equals("began")) {
        handlers.merge(line[2], 1, Integer::sum);
      }
    }
    handlers.forEach((attempt, times) -> {
      // A handed back attempt has no number of its own.
      if (times > 1 + snoozes || !begun.contains(Integer.parseInt(attempt))) {
        wrong.add("handler: " + id + " attempt " + attempt + " called " + times + " times");
      }
    });
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
    boolean expected =
        task.type().equals(ChaosNode.Kind.EFFECT.type().name())
            && task.state() instanceof Completed;
    int times = effects.getOrDefault(task.id().toString(), 0);
    if (times != (expected ? 1 : 0)) {
      wrong.add("effect: " + task.id() + " happened " + times + " times");
    }
  }
}
