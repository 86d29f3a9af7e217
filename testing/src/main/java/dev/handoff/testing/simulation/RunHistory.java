package dev.handoff.testing.simulation;

import dev.handoff.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// The submits, handler calls and violations of one simulated run. Used on the simulation's thread
/// only.
final class RunHistory {
  private static final int LINES_KEPT = 20_000;

  private final Supplier<Duration> passed;
  private final Map<TaskId, AcknowledgedTask> asked = new LinkedHashMap<>();
  private final Map<TaskId, Integer> calls = new LinkedHashMap<>();
  private final Map<String, Integer> returnedSteps = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private final CRC32 digest = new CRC32();
  private Duration copiedAt = Duration.ofDays(1_000);

  RunHistory(Supplier<Duration> passed) {
    this.passed = passed;
  }

  /// A task whose submit was acknowledged, and when.
  record AcknowledgedTask(String type, String script, Duration at) {}

  void line(String line) {
    String whole = "%9.3f %s".formatted(passed.get().toNanos() / 1e9, line);
    digest.update(whole.getBytes(StandardCharsets.UTF_8));
    lines.add(whole);
    if (lines.size() > LINES_KEPT) {
      lines.removeFirst();
    }
  }

  void wrong(String what) {
    line("WRONG " + what);
    wrong.add(what);
  }

  void acknowledged(TaskId task, String type, String script) {
    asked.putIfAbsent(task, new AcknowledgedTask(type, script, passed.get()));
  }

  /// The number of this call of a task's handler, from 1.
  int called(TaskId task) {
    return calls.merge(task, 1, Integer::sum);
  }

  /// A step's work begins: wrong where it has returned to a handler before.
  void stepBegins(TaskId task, String step) {
    if (!wentBack() && returnedSteps.containsKey(task + "/" + step)) {
      wrong("step " + step + " of " + task + " returned, and was called again");
    }
  }

  void stepReturned(TaskId task, String step) {
    returnedSteps.merge(task + "/" + step, 1, Integer::sum);
  }

  /// The database went back to how it was at this time: what came after is lost.
  void wentBackTo(Duration time) {
    copiedAt = copiedAt.compareTo(time) < 0 ? copiedAt : time;
  }

  boolean mayBeLost(AcknowledgedTask task) {
    return task.at().compareTo(copiedAt) >= 0;
  }

  boolean wentBack() {
    return copiedAt.compareTo(Duration.ofDays(1_000)) < 0;
  }

  Map<TaskId, AcknowledgedTask> asked() {
    return asked;
  }

  List<String> wrong() {
    return wrong;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  long digest() {
    return digest.getValue();
  }
}
