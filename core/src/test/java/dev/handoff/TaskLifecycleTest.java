package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.OutputReset;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskLifecycleTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Lease LEASE = new Lease(new TaskId(new UUID(1, 2)), new NodeId("node"), 1);
  private static final Failure FAILURE = new Failure(FailureKind.ERROR, "no luck");

  private static final List<TaskEvent> EVENTS =
      List.of(
          new TaskSubmitted(NOW),
          new AttemptStarted(1, LEASE),
          new ProgressReported(Progress.NONE),
          new LineLogged(LogLevel.INFO, "line"),
          new ChunkEmitted("chunk"),
          new OutputReset(),
          new UsageRecorded(Usage.NONE),
          new AttemptFailed(1, FAILURE, NOW),
          new AttemptSnoozed(NOW, "later"),
          new TaskRescued(1, NOW),
          new TaskRetried(NOW),
          new TaskCompleted(new Payload("result")),
          new TaskFailed(FAILURE),
          new TaskCancelled("enough"));

  private static final List<TaskState> STATES =
      List.of(
          new Queued(NOW, new Waiting.Submitted()),
          new TaskState.Processing(LEASE, 1),
          new TaskState.Completed(new Payload("result"), NOW),
          new TaskState.Failed(FAILURE, NOW),
          new TaskState.Cancelled("enough", NOW));

  @Test
  void everyEventIsInTheTable() {
    assertThat(classesOf(EVENTS))
        .containsExactlyInAnyOrder(TaskEvent.class.getPermittedSubclasses());
    assertThat(classesOf(STATES))
        .containsExactlyInAnyOrder(TaskState.class.getPermittedSubclasses());
  }

  private static List<Class<?>> classesOf(List<?> values) {
    List<Class<?>> classes = new ArrayList<>();
    values.forEach(value -> classes.add(value.getClass()));
    return classes;
  }

  @Test
  void theDocumentedDiagramIsWhatTheCodeDoes() throws IOException {
    Path page = Path.of(System.getProperty("handoff.root", ".."), "docs", "state-machine.md");

    String documented = Files.readString(page);

    assertThat(documented)
        .as("docs/state-machine.md; its diagram should be:%n%s", diagram())
        .contains("```mermaid\n" + diagram() + "```");
  }

  @Test
  void nothingFollowsTheEndButARetryAFailure() {
    for (TaskState state : STATES) {
      if (state.isTerminal()) {
        for (TaskEvent event : EVENTS) {
          if (state instanceof TaskState.Failed && event instanceof TaskRetried) {
            continue;
          }
          assertThatThrownBy(() -> TaskLifecycle.apply(state, event, NOW))
              .isInstanceOf(IllegalTransitionException.class)
              .hasMessageContaining(state.word());
        }
      }
    }
  }

  @Test
  void aRetriedTaskWaitsUntilItIsDueAndSaysWhy() {
    Instant due = NOW.plusSeconds(5);

    assertThat(TaskLifecycle.apply(new TaskState.Failed(FAILURE, NOW), new TaskRetried(due), NOW))
        .isEqualTo(new Queued(due, new Waiting.Retried()));
  }

  @Test
  void everyStateHasAStatusOfTheSameWord() {
    for (TaskState state : STATES) {
      assertThat(TaskStatus.of(state).word()).isEqualTo(state.word());
      assertThat(TaskStatus.ofWord(state.word())).isEqualTo(TaskStatus.of(state));
    }
    assertThatThrownBy(() -> TaskStatus.ofWord("done"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("done");
  }

  @Test
  void aCachedResultCompletesOnlyATaskThatNobodyEverClaimed() {
    TaskEvent completed = new TaskCompleted(new Payload("result"));

    assertThat(TaskLifecycle.apply(new Queued(NOW, new Waiting.Submitted()), completed, NOW))
        .isInstanceOf(TaskState.Completed.class);
    assertThatThrownBy(
            () -> TaskLifecycle.apply(new Queued(NOW, new Waiting.Rescued()), completed, NOW))
        .isInstanceOf(IllegalTransitionException.class);
  }

  private static String diagram() {
    Set<String> lines = new TreeSet<>();
    for (TaskState from : STATES) {
      for (TaskEvent event : EVENTS) {
        try {
          TaskState to = TaskLifecycle.apply(from, event, NOW);
          if (!to.word().equals(from.word())) {
            lines.add(arrow(from.word(), to.word(), event));
          }
        } catch (IllegalTransitionException _) {
          // No arrow.
        }
      }
    }
    List<String> all = new ArrayList<>();
    all.add("stateDiagram-v2");
    all.add(arrow("[*]", "queued", new TaskSubmitted(NOW)));
    all.addAll(lines);
    STATES.stream()
        .filter(TaskState::isTerminal)
        .forEach(state -> all.add("  " + state.word() + " --> [*]"));
    return String.join("\n", all) + "\n";
  }

  private static String arrow(String from, String to, TaskEvent event) {
    return "  " + from + " --> " + to + ": " + event.getClass().getSimpleName();
  }
}
