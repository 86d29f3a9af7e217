package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.Work;
import dev.handoff.engine.Engine;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.simulation.RunHistory.AcknowledgedTask;
import dev.handoff.testing.simulation.Simulation.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks a run after its faults: lets the nodes finish, and reports violations. Runs on a thread
/// of the simulation, because it reads the database and waits.
final class Judgement {
  /// Longer than any script with all its waits and attempts.
  private static final Duration FINISH_TIMEOUT = Duration.ofMinutes(15);

  /// Enough for nodes to restart, renew their leases and find lost tasks.
  private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration IDLE = Duration.ofMinutes(1);

  /// The heartbeats, sweeps and periodic checks of an idle node need far fewer.
  private static final int CALLS_WHEN_IDLE = 600;

  private final Simulation simulation;
  private final FaultKind kind;
  private final Clients clients;
  private final RunHistory history;
  private final TaskStore truth;
  private final OrderCheck order;
  private final Map<String, Integer> notes = new HashMap<>();

  Judgement(Simulation simulation, FaultKind kind, Clients clients) {
    this.simulation = simulation;
    this.kind = kind;
    this.clients = clients;
    this.history = simulation.history();
    this.truth = simulation.truth();
    this.order = new OrderCheck(simulation.nodes().size(), history);
  }

  void judge() {
    int lapsesUnderLoad = lapses();
    letPass(SETTLE_TIMEOUT);
    int lapses = lapses();
    int rescues = rescues();
    judgeEnding();
    if (kind == FaultKind.CALM) {
      judgeEndingOf(clients::submitUrgentBehindBacklog);
      judgeEndingOf(clients::submitForReturningTenant);
      judgeEndingOf(clients::submitForReturningTenantBehindBacklog);
    }
    if (kind == FaultKind.HANGING && lapsesUnderLoad + lapses() > 0) {
      history.wrong("a live node lost its lease while the database only hung");
    }
    if (lapses() > lapses || rescues() > rescues) {
      history.wrong("a node lost its lease, or was rescued, long after the blows");
    }
    simulation.database().notes().forEach(note -> notes.merge(note, 1, Integer::sum));
    history.asked().forEach(this::judgeTask);
    if (kind == FaultKind.CALM) {
      order.judge();
    }
    clients.followers().forEach(this::judgeFollower);
    judgeSlots();
    judgeIdleness();
  }

  private void judgeEndingOf(Runnable submit) {
    submit.run();
    letPass(Duration.ofSeconds(1));
    judgeEnding();
  }

  private void judgeEnding() {
    Duration end = simulation.scheduler().passed().plus(FINISH_TIMEOUT);
    Map<TaskId, AcknowledgedTask> open = new LinkedHashMap<>(history.asked());
    open.entrySet().removeIf(this::isOver);
    while (!open.isEmpty() && simulation.scheduler().passed().compareTo(end) < 0) {
      letPass(Duration.ofSeconds(1));
      open.entrySet().removeIf(this::isOver);
    }
    open.forEach(this::judgeOpen);
    cancelWhatIsOpen();
    letPass(Duration.ofSeconds(5));
  }

  private void letPass(Duration length) {
    simulation.outside().sleepUninterruptibly(length);
  }

  private int lapses() {
    return simulation.nodes().stream().mapToInt(SimulatedNode::lapses).sum();
  }

  private int rescues() {
    return simulation.nodes().stream().mapToInt(SimulatedNode::rescues).sum();
  }

  private boolean isOver(Map.Entry<TaskId, AcknowledgedTask> each) {
    return truth
        .find(each.getKey())
        .map(task -> task.isTerminal() || waitsForEver(each.getValue(), task))
        .orElse(true);
  }

  private boolean waitsForEver(AcknowledgedTask asked, Task task) {
    return SimulatedTypes.mayWaitForEver(asked) && !(task.state() instanceof TaskState.Processing);
  }

  private void judgeOpen(TaskId id, AcknowledgedTask asked) {
    truth
        .find(id)
        .filter(task -> !task.isTerminal() && !waitsForEver(asked, task))
        .ifPresent(task -> history.wrong("stuck: " + task + " of " + asked));
  }

  private void judgeTask(TaskId id, AcknowledgedTask asked) {
    Optional<Task> found = truth.find(id);
    if (found.isEmpty()) {
      boolean forgotten = asked.type().equals(SimulatedTypes.BRIEF.name());
      if (!history.mayBeLost(asked) && !forgotten) {
        history.wrong("lost: " + id + " of " + asked);
      }
      return;
    }
    Task task = found.get();
    List<LoggedEvent> events = truth.events(id, 0, Integer.MAX_VALUE);
    judgeLog(task, events);
    order.add(task, events);
    judgeNotes(task, events);
    if (task.activity().attempt() > task.activity().maxAttempts()) {
      history.wrong("more attempts than granted: " + task);
    }
  }

  private void judgeLog(Task task, List<LoggedEvent> events) {
    long expected = 1;
    String call = "";
    for (LoggedEvent logged : events) {
      if (logged.seq() != expected++) {
        history.wrong("the log of " + task.id() + " has a gap before " + logged);
      }
      switch (logged.event()) {
        case AttemptStarted ignored -> call = "";
        case ChunkEmitted(String text) -> {
          if (!call.isEmpty() && !call.equals(text)) {
            history.wrong("two calls wrote in one attempt of " + task.id() + ": " + events);
          }
          call = text;
        }
        default -> {}
      }
    }
    if (events.isEmpty() || events.getLast().seq() != task.activity().lastEvent()) {
      history.wrong("the log of " + task.id() + " ends elsewhere than its row: " + task);
    } else if (task.isTerminal() != events.getLast().event().isTerminal()) {
      history.wrong("the log of " + task.id() + " ends otherwise than its row: " + task);
    }
  }

  private void judgeNotes(Task task, List<LoggedEvent> events) {
    boolean attempted = events.stream().anyMatch(each -> each.event() instanceof AttemptStarted);
    boolean noted =
        attempted
            && task.result()
                .filter(result -> List.of("noted", "paid").contains(result.text()))
                .isPresent();
    int effects = notes.getOrDefault(task.id().toString(), 0);
    if (effects != (noted ? 1 : 0)) {
      history.wrong(effects + " effects of " + task);
    }
  }

  private void judgeFollower(TaskFollower follower) {
    List<LoggedEvent> log = truth.events(follower.task(), 0, Integer.MAX_VALUE);
    if (log.isEmpty() || follower.gone() || (history.wentBack() && follower.sawTheEnd())) {
      return;
    }
    List<LoggedEvent> told = follower.told();
    int end = log.size();
    if (!told.isEmpty() && told.getLast().event().isTerminal()) {
      // It follows to the end; a retry by hand goes on without it.
      end = Math.min(end, Math.toIntExact(told.getLast().seq()));
    }
    List<LoggedEvent> expected = log.subList(Math.toIntExact(Math.min(follower.after(), end)), end);
    if (!told.equals(expected)) {
      int same = 0;
      while (same < Math.min(told.size(), expected.size())
          && told.get(same).equals(expected.get(same))) {
        same++;
      }
      history.wrong(
          "a follower of %s was told %s where the log has %s"
              .formatted(
                  follower.task(),
                  told.subList(same, told.size()),
                  expected.subList(same, expected.size())));
    }
  }

  // Tasks that may wait for ever would block the next check.
  private void cancelWhatIsOpen() {
    history.asked().keySet().forEach(task -> truth.cancel(task, "the simulation is over"));
    letPass(Duration.ofSeconds(2));
  }

  /// Every slot of every worker can be used again.
  private void judgeSlots() {
    List<SimulatedNode> workers =
        simulation.nodes().stream().filter(SimulatedNode::runsTasks).toList();
    int narrow = 2 * workers.size();
    List<Work<?>> works = new ArrayList<>();
    for (int i = 0; i < narrow; i++) {
      works.add(new Work<>(SimulatedTypes.NARROW, "wait:8000", Submission.by("probe" + i)));
    }
    for (int i = 0; i < SimulatedNode.CONCURRENCY * workers.size() - narrow; i++) {
      works.add(new Work<>(SimulatedTypes.CHAT, "wait:8000", Submission.by("probe" + i)));
    }
    SimulatedNode node = simulation.nodes().getFirst();
    Engine engine = node.engine().orElse(null);
    if (engine == null) {
      history.wrong(node.name() + " does not run long after the blows");
      return;
    }
    node.process().startVirtual("probe", () -> engine.submit(works));
    // Longer than the delay of a hint.
    letPass(Duration.ofSeconds(4));
    int running = simulation.nodes().stream().mapToInt(this::attempts).sum();
    if (running != works.size()) {
      history.wrong(running + " attempts run where " + works.size() + " slots are");
    }
    letPass(Duration.ofSeconds(15));
    if (simulation.nodes().stream().mapToInt(this::attempts).sum() > 0) {
      history.wrong("attempts are counted that do not run");
    }
  }

  private int attempts(SimulatedNode node) {
    return node.engine().map(Engine::attempts).orElse(0);
  }

  private void judgeIdleness() {
    Map<SimulatedNode, Integer> before = new LinkedHashMap<>();
    simulation.nodes().forEach(node -> before.put(node, node.calls()));
    letPass(IDLE);
    for (SimulatedNode node : simulation.nodes()) {
      int calls = node.calls() - before.getOrDefault(node, 0);
      if (calls > CALLS_WHEN_IDLE) {
        history.wrong(node.name() + " asked its store " + calls + " times in an idle minute");
      }
    }
  }
}
