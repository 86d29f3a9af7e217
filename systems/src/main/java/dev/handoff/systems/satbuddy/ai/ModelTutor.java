package dev.handoff.systems.satbuddy.ai;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.TokenListener;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.kit.ModelJson.Written;
import dev.handoff.systems.satbuddy.ChatRequest;
import dev.handoff.systems.satbuddy.PracticeQuestion;
import dev.handoff.systems.satbuddy.QuestionRequest;
import dev.handoff.systems.satbuddy.QuestionWriter;
import dev.handoff.systems.satbuddy.Tutor;
import java.util.List;

/// Asks a model, for answers and for questions.
record ModelTutor(AiModel model) implements Tutor, QuestionWriter {
  private static final String PERSONA =
      """
      You are SAT Buddy, a friendly and encouraging study companion for pupils who prepare for the \
      SAT. Answer briefly and precisely, step by step where it helps. Write in markdown; write \
      mathematics in LaTeX between \\( and \\) inline, or \\[ and \\] on its own lines. When an image is \
      attached, read the problem in it first. When you are not sure, say so.\
      """;

  private static final String QUESTION =
      """
      Write one self-contained SAT practice question.
      Topic: {topic}
      Difficulty: {difficulty}

      Answer with JSON only, without anything around it, in this form:
      {"question": "...", "options": {"A": "...", "B": "...", "C": "...", "D": "..."}, \
      "correct_answer": "A", "explanation": "..."}
      Exactly four options, one of them right. Write mathematics in LaTeX between \\\\( and \\\\), with \
      every backslash doubled as JSON asks for.\
      """;

  @Override
  public AiReply answer(ChatRequest request, List<AiImage> images, TokenListener onToken)
      throws InterruptedException {
    AiMessage message = new AiMessage(AiMessage.Role.USER, prompt(request), images);
    return model.ask(AiRequest.of(PERSONA, message), onToken);
  }

  @Override
  public Written<PracticeQuestion> write(QuestionRequest request) throws InterruptedException {
    String prompt =
        QUESTION
            .replace("{difficulty}", request.difficulty().word())
            .replace("{topic}", request.topic());
    return ModelJson.ask(model, PERSONA, AiMessage.user(prompt), QuestionReader::read);
  }

  @Override
  public boolean isAi() {
    return true;
  }

  private static String prompt(ChatRequest request) {
    StringBuilder prompt = new StringBuilder();
    if (!request.history().isEmpty()) {
      prompt.append("The conversation so far:\n");
      for (ChatRequest.Turn turn : request.history()) {
        prompt.append(turn.speaker().label()).append(": ").append(turn.text()).append('\n');
      }
      prompt.append('\n');
    }
    if (!request.context().isBlank()) {
      prompt.append("Context: ").append(request.context()).append("\n\n");
    }
    return prompt.append("Student: ").append(request.message()).toString();
  }
}
