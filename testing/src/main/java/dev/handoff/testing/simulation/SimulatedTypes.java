package dev.handoff.testing.simulation;

import dev.handoff.AttemptException;
import dev.handoff.Bounds;
import dev.handoff.Effect;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.Limits;
import dev.handoff.LogLevel;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Settlement;
import dev.handoff.Sharing;
import dev.handoff.Task;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.handoff.Usage;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.simulation.RunHistory.AcknowledgedTask;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/// The task types of a simulation. A request is a script of words that the handler does one after
/// the other; the last one says how the attempt ends.
final class SimulatedTypes {
  static final String ACCOUNT = "account";

  /// The bounds of every engine. Results have a small one: many attempts return more than it.
  static final Bounds BOUNDS = new Bounds(1 << 20, 64 << 10, 64 << 10, 100_000);

  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
  private static final Duration LONG_DELAY = Duration.ofDays(10_000);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static final TaskType<String, String> CHAT =
      type("chat", Policy.DEFAULTS.withRetry(retries(4)).withLimits(limits()));
  static final TaskType<String, String> JOINED =
      type("joined", CHAT.policy().withSharing(Sharing.joining()));
  static final TaskType<String, String> CACHED =
      type(
          "cached",
          CHAT.policy()
              .withSharing(Sharing.joining().caching(Duration.ofMinutes(5), Sharing.Scope.TENANT)));
  static final TaskType<String, String> NARROW = type("narrow", CHAT.policy().withConcurrency(2));
  static final TaskType<String, String> ONCE =
      type(
          "once",
          Policy.DEFAULTS
              .withRetry(RetryPolicy.NEVER.givingUpAfter(PATIENCE))
              .withLimits(limits()));
  static final TaskType<String, String> BRIEF =
      type("brief", CHAT.policy().withRetention(Duration.ZERO));
  static final TaskType<String, String> PATIENT =
      type(
          "patient",
          CHAT.policy()
              .withRetry(allowed(() -> retries(4).givingUpAfter(FOREVER), retries(4)))
              .withLimits(allowed(() -> Limits.hard(FOREVER), Limits.hard(LONG_DELAY))));

  static final List<TaskType<String, String>> ALL =
      List.of(CHAT, JOINED, CACHED, NARROW, ONCE, BRIEF, PATIENT);

  private final SimulatedDatabase database;
  private final TaskStore truth;
  private final SimulatedScheduler scheduler;
  private final RunHistory history;

  SimulatedTypes(
      SimulatedDatabase database,
      TaskStore truth,
      SimulatedScheduler scheduler,
      RunHistory history) {
    this.database = database;
    this.truth = truth;
    this.scheduler = scheduler;
    this.history = history;
  }

  private static TaskType<String, String> type(String name, Policy policy) {
    return TaskType.of(name, String.class, String.class).withPolicy(policy);
  }

  private static RetryPolicy retries(int attempts) {
    return RetryPolicy.exponential(Duration.ofMillis(500)).upTo(attempts).givingUpAfter(PATIENCE);
  }

  private static Limits limits() {
    return Limits.hard(Duration.ofSeconds(10)).withSoft(Duration.ofSeconds(6));
  }

  // What the engine refuses with a sentence cannot hurt it.
  private static <T> T allowed(Supplier<T> hostile, T otherwise) {
    try {
      return hostile.get();
    } catch (IllegalArgumentException refused) {
      return otherwise;
    }
  }

  List<HandledType<?, ?>> handled() {
    return ALL.stream().<HandledType<?, ?>>map(type -> type.handledBy(this::handle)).toList();
  }

  private Outcome<String> handle(String script, TaskContext task) throws Exception {
    int call = history.called(task.taskId());
    String process = scheduler.current().name();
    history.line(process + " calls " + task.taskId() + " #" + call + " " + script);
    for (String word : script.split(" ", -1)) {
      Outcome<String> outcome = act(word, task, call);
      if (outcome != null) {
        return outcome;
      }
    }
    return Outcome.done("call " + call);
  }

  @SuppressWarnings("NullAway") // null means: go on with the next word
  private Outcome<String> act(String word, TaskContext task, int call) throws Exception {
    String[] parts = word.split(":", -1);
    String value = parts.length > 1 ? parts[1] : "";
    switch (parts[0]) {
      case "wait" -> scheduler.current().sleep(Duration.ofMillis(Long.parseLong(value)));
      case "progress" -> task.progress(Math.min(100, Integer.parseInt(value)), "call " + call);
      case "chunk" -> task.emit("call " + call);
      case "log" -> task.log(LogLevel.INFO, "call " + call);
      case "usage" -> task.usage(new Usage("model", 1, 2));
      case "step" -> step(value, task);
      case "reserve" -> task.reserve(ACCOUNT, 5);
      case "fail" -> {
        if (call <= Integer.parseInt(value)) {
          throw new IllegalStateException("call " + call + " fails");
        }
      }
      default -> {
        return end(parts[0], value, call, task);
      }
    }
    return null;
  }

  private void step(String name, TaskContext task) throws Exception {
    String returned =
        task.step(
            name,
            String.class,
            () -> {
              // What is forgotten with its task may be called again: the attempt has lost its
              // lease.
              if (!truth.find(task.taskId()).map(Task::isTerminal).orElse(true)) {
                history.stepBegins(task.taskId(), name);
              }
              scheduler.current().sleep(Duration.ofMillis(20));
              return "value of " + name;
            });
    history.stepReturned(task.taskId(), name);
    if (!returned.equals("value of " + name)) {
      history.wrong("step " + name + " of " + task.taskId() + " gave " + returned);
    }
  }

  @SuppressWarnings("NullAway") // a handler that returns null is one of those that are tried
  private Outcome<String> end(String word, String value, int call, TaskContext task) {
    boolean again = call <= 2;
    return switch (word) {
      case "note" -> Outcome.done("noted", database.note(task.taskId().toString()));
      case "settle" ->
          Outcome.done(
              "paid",
              new Settlement(ACCOUNT, 3, "simulated"),
              database.note(task.taskId().toString()));
      case "noteFails" -> Outcome.done("noted", failing(task, new IllegalStateException("no")));
      case "noteErrs" -> Outcome.done("noted", failing(task, new StackOverflowError("no")));
      case "throw" -> throw new IllegalArgumentException("thrown");
      case "err" -> throw new OutOfMemoryError("simulated");
      case "null" -> null;
      case "cancel" -> Outcome.cancel("enough");
      case "huge" -> Outcome.done("x".repeat(BOUNDS.result() + 1));
      case "snooze" ->
          again ? Outcome.snooze(duration(value), "later") : Outcome.done("after snoozes");
      case "snoozeAlways" -> Outcome.snooze(duration(value), "later");
      case "retry" -> Outcome.retryAfter(duration(value), FailureKind.UNAVAILABLE, "again");
      case "busy" -> {
        if (again) {
          throw AttemptException.of(FailureKind.RATE_LIMITED, "busy").retryAfter(duration(value));
        }
        yield Outcome.done("after waits");
      }
      default -> throw new IllegalArgumentException("unknown word " + word);
    };
  }

  private Effect[] failing(TaskContext task, Throwable thrown) {
    return new Effect[] {database.note(task.taskId().toString()), database.failing(thrown)};
  }

  private static Duration duration(String value) {
    return value.equals("forever") ? FOREVER : Duration.ofMillis(Long.parseLong(value));
  }

  /// Whether a task may be open for ever: it waits for a time that never comes, or again and again
  /// under a policy that never gives up.
  static boolean mayWaitForEver(AcknowledgedTask asked) {
    return asked.script().contains("forever")
        || (asked.type().equals(PATIENT.name()) && asked.script().contains("snoozeAlways"));
  }

  /// The words of a script, chosen by these numbers.
  static final List<String> BEGINNINGS =
      List.of(
          "wait:50",
          "wait:400",
          "wait:2000",
          "progress:10",
          "progress:60",
          "chunk",
          "chunk",
          "log",
          "usage",
          "step:a",
          "step:b",
          "fail:1",
          "fail:2",
          "reserve");

  static final List<String> ENDS =
      List.of(
          "note",
          "note",
          "note",
          "note",
          "settle",
          "noteFails",
          "noteErrs",
          "throw",
          "err",
          "null",
          "cancel",
          "huge",
          "snooze:0",
          "snooze:3000",
          "snooze:forever",
          "snoozeAlways:0",
          "retry:100",
          "retry:forever",
          "busy:2000",
          "busy:forever",
          "wait:15000",
          "wait:100");
}
