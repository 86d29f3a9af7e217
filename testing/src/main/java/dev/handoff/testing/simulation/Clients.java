package dev.handoff.testing.simulation;

import dev.handoff.HandoffException;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.Work;
import dev.handoff.engine.Engine;
import dev.handoff.testing.simulation.Simulation.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// The clients of a simulation: they submit tasks of every type, cancel, retry by hand, and follow.
final class Clients {
  private final Simulation simulation;
  private final RandomGenerator random;
  private final FaultKind kind;
  private final Duration end;
  private final List<TaskId> known = new ArrayList<>();
  private final List<Followed> followed = new ArrayList<>();

  Clients(Simulation simulation, RandomGenerator random, FaultKind kind, Duration end) {
    this.simulation = simulation;
    this.random = random;
    this.kind = kind;
    this.end = end;
  }

  /// A follower, and the process of the node it follows at.
  record Followed(SimulatedProcess at, TaskFollower follower) {}

  void start() {
    // The first thing an account has, so that budgets are used at all.
    simulation.outside().startVirtual("clients", this::loop);
  }

  private void loop() {
    simulation.truth().budgets().add(SimulatedTypes.ACCOUNT, 1_000_000, "opening");
    while (simulation.scheduler().passed().compareTo(end) < 0) {
      simulation.outside().sleepUninterruptibly(Duration.ofMillis(20 + random.nextInt(400)));
      simulation.anyRunning().ifPresent(this::useNode);
    }
  }

  private void useNode(SimulatedNode node) {
    Engine engine = node.engine().orElseThrow();
    switch (random.nextInt(10)) {
      case 0 -> on(node, "cancel", () -> cancel(node));
      case 1 -> on(node, "retry", () -> retry(engine));
      case 2, 3 -> follow(node, engine);
      default -> {
        List<Work<?>> works = works();
        on(node, "submit", () -> submit(engine, works));
      }
    }
  }

  // As soon as it is due, so often before its turn. The answer is lost: the engine finds out what
  // its node holds, and hands it back. Not where the order is judged.
  private void takeWhenDue(TaskId task, Instant due) {
    if (kind == FaultKind.CALM || random.nextInt(3) > 0) {
      return;
    }
    Duration left = Duration.between(simulation.clock().instant(), due);
    Duration wait = left.plusMillis(random.nextInt(300));
    simulation
        .outside()
        .startVirtual(
            "take",
            () -> {
              simulation.outside().sleepUninterruptibly(wait);
              simulation.anyRunning().ifPresent(node -> on(node, "take", () -> take(node, task)));
            });
  }

  private static void take(SimulatedNode node, TaskId task) {
    node.store().ifPresent(store -> store.claim(task, node.engine().orElseThrow().node()));
  }

  private void on(SimulatedNode node, String name, Runnable call) {
    node.process()
        .startVirtual(
            name,
            () -> {
              try {
                call.run();
              } catch (HandoffException refused) {
                simulation.history().line(node.name() + " refuses " + name + ": " + refused);
              }
            });
  }

  private List<Work<?>> works() {
    List<Work<?>> works = new ArrayList<>();
    if (random.nextInt(25) == 0) {
      return burst();
    }
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(6) : 1;
    for (int i = 0; i < count; i++) {
      works.add(new Work<>(choose(SimulatedTypes.ALL), script(), submission()));
    }
    return works;
  }

  // Submits many short tasks of one tenant at once, which must not delay other tenants; sometimes
  // so many of a low priority that there is always a task to claim.
  private List<Work<?>> burst() {
    boolean backlog = random.nextInt(3) == 0;
    Submission submission = backlog ? submission().withPriority(Priority.LOW) : submission();
    int tasks = backlog ? 150 + random.nextInt(150) : 40 + random.nextInt(60);
    String script = "wait:" + (50 + random.nextInt(400)) + " note";
    return Collections.nCopies(tasks, new Work<>(SimulatedTypes.CHAT, script, submission));
  }

  /// Submits what keeps every slot busy for twenty seconds, and for its fifth second something
  /// urgent; where there is a node that runs no tasks, all of it there. The other nodes must find
  /// the urgent task although they know no due time and are never idle.
  void submitUrgentBehindBacklog() {
    long workers = simulation.nodes().stream().filter(each -> each.role() != Role.API).count();
    int tasks = Math.toIntExact(workers * SimulatedNode.CONCURRENCY * 20 * 2);
    Submission submission = Submission.by("owner0");
    Work<?> waiting =
        new Work<>(SimulatedTypes.CHAT, "wait:500 note", submission.withPriority(Priority.LOW));
    Instant due = simulation.clock().instant().plusSeconds(5);
    Work<?> urgent =
        new Work<>(
            SimulatedTypes.CHAT, "note", submission.withPriority(Priority.HIGH).startingAt(due));
    List<Work<?>> works = new ArrayList<>(Collections.nCopies(tasks, waiting));
    works.add(urgent);
    submitAll(works);
  }

  /// Submits many short tasks of one tenant, where there is one to a node that runs no tasks.
  void submitForReturningTenant() {
    Submission submission = Submission.by("owner0").inTenant("returning");
    submitAll(Collections.nCopies(200, new Work<>(SimulatedTypes.CHAT, "note", submission)));
  }

  /// Submits many tasks of another tenant, then one of the tenant whose tasks have ended. It must
  /// not wait for the others: what a tenant has had done before does not count against it.
  void submitForReturningTenantBehindBacklog() {
    Submission submission = Submission.by("owner0").inTenant("backlog");
    List<Work<?>> works =
        new ArrayList<>(
            Collections.nCopies(200, new Work<>(SimulatedTypes.CHAT, "wait:50 note", submission)));
    works.add(new Work<>(SimulatedTypes.CHAT, "note", submission.inTenant("returning")));
    submitAll(works);
  }

  private void submitAll(List<Work<?>> works) {
    SimulatedNode node = simulation.anyRunning(Role.API).or(simulation::anyRunning).orElseThrow();
    on(node, "submit", () -> submit(node.engine().orElseThrow(), works));
  }

  private String script() {
    StringBuilder script = new StringBuilder();
    for (int words = random.nextInt(5); words > 0; words--) {
      script.append(choose(SimulatedTypes.BEGINNINGS)).append(' ');
    }
    String end = choose(SimulatedTypes.ENDS);
    return script.append(end).append(end.startsWith("wait") ? " note" : "").toString();
  }

  private Submission submission() {
    Submission submission =
        Submission.by("owner" + random.nextInt(3)).withPriority(choose(List.of(Priority.values())));
    if (random.nextInt(3) > 0) {
      submission = submission.inTenant("tenant" + random.nextInt(3));
    }
    if (random.nextInt(5) == 0) {
      Duration delay = Duration.ofMillis(random.nextInt(30_000));
      submission = submission.startingAt(simulation.clock().instant().plus(delay));
    }
    return submission;
  }

  private <T> T choose(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private void submit(Engine engine, List<Work<?>> works) {
    List<TaskId> ids = engine.submit(works);
    for (int i = 0; i < ids.size(); i++) {
      TaskId id = ids.get(i);
      TaskType<?, ?> type = works.get(i).type();
      String script = (String) works.get(i).request();
      simulation.history().line("acknowledged " + id + " " + type.name() + " " + script);
      simulation.history().acknowledged(id, type.name(), script);
      known.add(id);
      Instant due = works.get(i).submission().startAt();
      if (due != null) {
        takeWhenDue(id, due);
      }
    }
  }

  private void cancel(SimulatedNode node) {
    if (!known.isEmpty()) {
      TaskId task = choose(known);
      boolean cancelled = node.store().orElseThrow().cancel(task, "not wanted any more");
      simulation.history().line("cancelled " + task + ": " + cancelled);
    }
  }

  private void retry(Engine engine) {
    if (!known.isEmpty()) {
      TaskId task = choose(known);
      simulation.history().line("retried " + task + ": " + engine.retry(task));
    }
  }

  private void follow(SimulatedNode node, Engine engine) {
    if (!known.isEmpty()) {
      TaskId task = choose(known);
      TaskFollower follower = new TaskFollower(task, simulation.history());
      long after = random.nextInt(6) == 0 ? random.nextInt(40) : 0;
      followed.add(new Followed(node.process(), follower));
      follower.follow(engine, after);
    }
  }

  /// Returns the followers whose node has not been killed since.
  List<TaskFollower> followers() {
    return followed.stream().filter(each -> !each.at().isKilled()).map(Followed::follower).toList();
  }
}
