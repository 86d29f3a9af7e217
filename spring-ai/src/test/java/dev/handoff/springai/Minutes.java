package dev.handoff.springai;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.Settlement;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;

/// The code of `docs/spring-ai.md`.
final class Minutes {
  static final TaskType<String, String> SUMMARISE =
      TaskType.of("summarise", String.class, String.class);

  private Minutes() {}

  record Agenda(List<String> all) {}

  static HandledType<String, String> handledBy(ChatClient chat) {
    return SUMMARISE.handledBy((notes, task) -> summarise(notes, task, chat));
  }

  private static Outcome<String> summarise(String notes, TaskContext task, ChatClient chat)
      throws Exception {
    String customer = task.submission().owner();
    task.reserve(customer, 2_000); // as long as the task is open
    Agenda points =
        DurableChat.entity(task, "points", chat.prompt("List the points: " + notes), Agenda.class);
    ClientReply summary =
        DurableChat.stream(
            task,
            "summary",
            chat.prompt().system("Write plainly.").user("Summarise: " + points.all()));
    long tokens = summary.usage().outputTokens();
    return Outcome.done(summary.text(), new Settlement(customer, tokens, "a summary"));
  }
}
