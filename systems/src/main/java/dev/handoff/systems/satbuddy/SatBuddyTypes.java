package dev.handoff.systems.satbuddy;

import dev.handoff.TaskType;

/// SAT Buddy's two kinds of tasks.
public final class SatBuddyTypes {
  public static final String PREFIX = "sat-buddy.";

  private final TaskType<ChatRequest, ChatResult> chat;
  private final TaskType<QuestionRequest, QuestionResult> question;

  /// With these policies. Answers of one provider are not given out as another's, so its name is
  /// part of what makes two messages equal.
  SatBuddyTypes(SatBuddyTasks settings, String provider) {
    this.chat =
        TaskType.of(PREFIX + "chat", ChatRequest.class, ChatResult.class)
            .withPolicy(settings.chatPolicy())
            .identifiedBy(
                request -> request.asCommonQuestion().map(text -> provider + "\n" + text));
    this.question =
        TaskType.of(PREFIX + "question", QuestionRequest.class, QuestionResult.class)
            .withPolicy(settings.policy());
  }

  public TaskType<ChatRequest, ChatResult> chat() {
    return chat;
  }

  public TaskType<QuestionRequest, QuestionResult> question() {
    return question;
  }
}
