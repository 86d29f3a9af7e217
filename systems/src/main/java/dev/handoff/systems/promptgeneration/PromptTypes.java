package dev.handoff.systems.promptgeneration;

import dev.handoff.TaskType;
import dev.handoff.WhenNoWorker;

/// The two kinds of tasks: for who comes back for the prompt, and for who waits on the line. Only
/// the second goes on where no worker is.
final class PromptTypes {
  static final String PREFIX = "prompt-generation.";

  private final TaskType<PromptRequest, PromptResult> later;
  private final TaskType<PromptRequest, PromptResult> now;

  PromptTypes(PromptTasks settings) {
    this.later =
        TaskType.of(PREFIX + "prompt", PromptRequest.class, PromptResult.class)
            .withPolicy(settings.policy());
    this.now =
        TaskType.of(PREFIX + "prompt-now", PromptRequest.class, PromptResult.class)
            .withPolicy(settings.policy().withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER));
  }

  TaskType<PromptRequest, PromptResult> later() {
    return later;
  }

  TaskType<PromptRequest, PromptResult> now() {
    return now;
  }

  static boolean isOne(String type) {
    return type.startsWith(PREFIX);
  }
}
