package com.example;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Asks a model a question, in the background, and prints the answer while it comes.
public final class AskTheModel {
  private static final TaskType<String, String> ASK =
      TaskType.of("ask", String.class, String.class)
          .withPolicy(
              Policy.DEFAULTS.withRetry(RetryPolicy.exponential(Duration.ofSeconds(2)).upTo(5)));

  private AskTheModel() {}

  /// Takes the file of the database and the question.
  public static void main(String[] arguments) throws Exception {
    ask(Path.of(arguments[0]), arguments[1], System.out);
  }

  static String ask(Path file, String question, PrintStream out) throws Exception {
    try (var store = SqliteTaskStore.open(SqliteSettings.at(file), TimeSource.system());
        var handoff =
            Handoff.start(
                store, List.of(ASK.handledBy(AskTheModel::answer)), HandoffConfig.defaults())) {
      TaskId id = handoff.submit(ASK, question, Submission.by("asha"));

      CountDownLatch ended = new CountDownLatch(1);
      handoff.follow(
          id,
          0,
          events ->
              events.forEach(line -> {
                switch (line.event()) {
                  case TaskEvent.ProgressReported(var progress) -> out.println(progress.message());
                  case TaskEvent.ChunkEmitted(String text) -> out.print(text);
                  case TaskEvent other when other.isTerminal() -> ended.countDown();
                  default -> {}
                }
              }));
      ended.await();
      return handoff.find(id).flatMap(task -> handoff.result(ASK, task)).orElse("no answer");
    }
  }

  /// May be called again from its beginning, after a failure or a crash. A step that returned is
  /// remembered, and not called again.
  private static Outcome<String> answer(String question, TaskContext task) throws Exception {
    task.progress(10, "Thinking…");
    String answer = task.step("ask the model", String.class, () -> model(question));
    for (String word : answer.split("(?<= )", -1)) {
      task.emit(word);
    }
    return Outcome.done(answer);
  }

  // Here a language model would be called.
  private static String model(String question) {
    return "The answer to \"" + question + "\" is 42.";
  }
}
