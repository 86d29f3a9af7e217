package dev.handoff.testing.engine;

import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LoggedEvent;
import dev.handoff.Policy;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskLifecycle;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An engine on a real store for one test: started with the handlers the test gives, closed at the
/// end, and every event it reports kept. Handlers take and return strings.
public final class EngineFixture implements AutoCloseable {
  /// The timeout of every wait: far above what a busy machine needs, far below a build's timeout.
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  /// The default owner of tasks.
  public static final Submission BY_ASHA = Submission.by("asha");

  private final TaskStore store;
  private final List<Handoff> started = new ArrayList<>();
  private final List<EngineEvent> reported = new CopyOnWriteArrayList<>();

  /// Uses this store, which the caller closes.
  public EngineFixture(TaskStore store) {
    this.store = store;
  }

  /// A type of strings with this policy.
  public static TaskType<String, String> type(String name, Policy policy) {
    return TaskType.of(name, String.class, String.class).withPolicy(policy);
  }

  /// Starts a node that claims by itself.
  public Handoff start(
      HandoffConfig config, TaskType<String, String> type, Handler<String, String> handler) {
    return start(config, List.of(type.handledBy(handler)));
  }

  /// Starts a node that claims by itself, with several types.
  public Handoff start(HandoffConfig config, List<HandledType<?, ?>> types) {
    return kept(Handoff.start(store, types, config, extensions()));
  }

  /// Starts a node that runs a task only when told to.
  public Handoff startByHand(TaskType<String, String> type, Handler<String, String> handler) {
    return startByHand(List.of(type.handledBy(handler)));
  }

  /// Starts a node that runs a task only when told to, with several types.
  public Handoff startByHand(List<HandledType<?, ?>> types) {
    return kept(Handoff.startByHand(store, types, HandoffConfig.defaults(), extensions()));
  }

  /// Starts a node that claims by itself, with these extensions.
  public Handoff start(HandoffConfig config, HandledType<?, ?> type, Extensions extensions) {
    return kept(Handoff.start(store, List.of(type), config, extensions));
  }

  /// Starts a node that runs a task only when told to, with these extensions.
  public Handoff startByHand(
      HandoffConfig config, List<HandledType<?, ?>> types, Extensions extensions) {
    return kept(Handoff.startByHand(store, types, config, extensions));
  }

  private Handoff kept(Handoff handoff) {
    started.add(handoff);
    return handoff;
  }

  /// Extensions with a codec of strings and a listener that keeps events for [#reported].
  public Extensions extensions() {
    return Extensions.defaults().telling(reported::add);
  }

  /// Returns the events that the engines have reported, in order.
  public List<EngineEvent> reported() {
    return List.copyOf(reported);
  }

  /// Returns the task, which must exist.
  public Task task(TaskId id) {
    return store.find(id).orElseThrow(() -> new AssertionError("no task " + id));
  }

  /// Waits until the task has ended.
  public Task awaitEnd(TaskId id) {
    await().atMost(PATIENCE).until(() -> task(id).isTerminal());
    return task(id);
  }

  /// Waits until the task is in a state of this kind.
  public Task awaitState(TaskId id, Class<? extends TaskState> kind) {
    await().atMost(PATIENCE).until(() -> kind.isInstance(task(id).state()));
    return task(id);
  }

  /// Returns all events of the task, after checking that they are numbered from 1 without gaps and
  /// that their replay gives the stored state.
  public List<TaskEvent> log(TaskId id) {
    List<LoggedEvent> logged = store.events(id, 0, 10_000);
    TaskState state = null;
    long expected = 1;
    for (LoggedEvent line : logged) {
      if (line.seq() != expected++) {
        throw new AssertionError("event " + (expected - 1) + " of " + id + " is missing");
      }
      state =
          state == null
              ? TaskLifecycle.begin((TaskEvent.TaskSubmitted) line.event())
              : TaskLifecycle.apply(state, line.event(), line.at());
    }
    if (!task(id).state().equals(state)) {
      throw new AssertionError("replayed: " + state + ", stored: " + task(id).state());
    }
    return logged.stream().map(LoggedEvent::event).toList();
  }

  /// Closes the engines it started, the last one first.
  @Override
  public void close() {
    started.reversed().forEach(Handoff::close);
  }
}
