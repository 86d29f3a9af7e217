package dev.handoff.systems.satbuddy;

import dev.handoff.Usage;
import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.TokenListener;
import dev.handoff.systems.kit.ModelJson.Written;
import dev.handoff.systems.satbuddy.offline.Difficulty;
import dev.handoff.systems.satbuddy.offline.OfflineQuestions;
import dev.handoff.systems.satbuddy.offline.OfflineTutor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// SAT Buddy without a model: worked solutions, the shipped notes and parametric questions. Safe
/// for use by many threads.
public final class OfflineSatBuddy implements Tutor, QuestionWriter {
  private final OfflineTutor tutor = OfflineTutor.shipped();
  private final OfflineQuestions questions = OfflineQuestions.shipped();
  private final RandomGenerator random;

  public OfflineSatBuddy(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public AiReply answer(ChatRequest request, List<AiImage> images, TokenListener onToken)
      throws InterruptedException {
    List<AiMessage> messages = new ArrayList<>();
    for (ChatRequest.Turn turn : request.history()) {
      if (turn.text().isBlank()) {
        continue;
      }
      messages.add(
          switch (turn.speaker()) {
            case STUDENT -> AiMessage.user(turn.text());
            case SAT_BUDDY -> AiMessage.assistant(turn.text());
          });
    }
    messages.add(new AiMessage(AiMessage.Role.USER, request.message(), images));
    return tutor.asModel().ask(AiRequest.of("", messages), onToken);
  }

  @Override
  public Written<PracticeQuestion> write(QuestionRequest request) {
    Difficulty difficulty =
        switch (request.difficulty()) {
          case EASY -> Difficulty.EASY;
          case MEDIUM -> Difficulty.MEDIUM;
          case HARD -> Difficulty.HARD;
        };
    var made = questions.ask(request.topic(), difficulty, random);
    return new Written<>(
        new PracticeQuestion(
            made.question(), made.options(), made.correctAnswer(), made.explanation()),
        new Usage(AiSettings.OFFLINE, 0, 0));
  }

  @Override
  public boolean isAi() {
    return false;
  }
}
