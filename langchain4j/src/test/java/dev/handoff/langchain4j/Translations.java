package dev.handoff.langchain4j;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.Settlement;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;

/// The code of `docs/langchain4j.md`.
final class Translations {
  static final TaskType<String, String> TRANSLATE =
      TaskType.of("translate", String.class, String.class);

  private Translations() {}

  static DurableChatModel model(String baseUrl, String key) {
    return DurableChatModel.streaming(
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(InterruptibleHttpClient.builder())
            .baseUrl(baseUrl)
            .apiKey(key)
            .modelName("gpt-4o-mini")
            .timeout(Duration.ofSeconds(60))
            .build());
  }

  static HandledType<String, String> handledBy(DurableChatModel model) {
    return TRANSLATE.handledBy((text, task) -> translate(text, task, model));
  }

  private static Outcome<String> translate(String text, TaskContext task, DurableChatModel model)
      throws Exception {
    String customer = task.submission().owner();
    task.reserve(customer, 2_000); // as long as the task is open
    ModelReply dutch = model.ask(task, "translate", "Translate into Dutch: " + text);
    ModelReply better = model.ask(task, "improve", "Make this sound natural: " + dutch.text());
    long tokens = dutch.usage().plus(better.usage()).outputTokens();
    return Outcome.done(better.text(), new Settlement(customer, tokens, "a translation"));
  }
}
