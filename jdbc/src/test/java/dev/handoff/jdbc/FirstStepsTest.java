package dev.handoff.jdbc;

import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lines of Java that the README shows.
final class FirstStepsTest {
  private static final TaskType<String, String> ASK =
      TaskType.of("ask", String.class, String.class);

  private final Model model = question -> "42 is the answer to " + question;
  private final List<TaskEvent> seen = new CopyOnWriteArrayList<>();

  private interface Model {
    String answer(String question);
  }

  @Test
  void theFifteenLinesOfTheReadmeWork(@TempDir Path folder) {
    Handler<String, String> handler =
        (question, task) -> {
          task.progress(10, "Thinking…");
          String answer = task.step("ask the model", String.class, () -> model.answer(question));
          task.emit(answer); // seen at once, and replayed to whoever comes later
          return Outcome.done(answer);
        };

    SqliteSettings file = SqliteSettings.at(folder.resolve("handoff.db"));
    try (var store = SqliteTaskStore.open(file, TimeSource.system());
        var handoff =
            Handoff.start(store, List.of(ASK.handledBy(handler)), HandoffConfig.defaults())) {
      TaskId id = handoff.submit(ASK, "6 × 7?", Submission.by("asha"));
      handoff.follow(id, 0, events -> events.forEach(line -> seen.add(line.event())));

      await().atMost(PATIENCE).until(() -> handoff.find(id).orElseThrow().isTerminal());
    }
    assertThat(seen).contains(new TaskEvent.ChunkEmitted("42 is the answer to 6 × 7?"));
  }
}
