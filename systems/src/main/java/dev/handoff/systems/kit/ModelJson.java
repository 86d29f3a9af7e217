package dev.handoff.systems.kit;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.TaskContext;
import dev.handoff.Usage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AnswerForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/// JSON from models: asked for, found in the answer ([JsonInText]), and asked for again where it
/// cannot be read.
public final class ModelJson {
  private static final String CUT = "The answer was cut off at the model's length limit";

  private ModelJson() {}

  /// What a model was asked for, and what the answers cost.
  public record Written<T>(T found, Usage usage) {
    /// What was found, after its cost was recorded with the task.
    public T paidBy(TaskContext context) {
      record(usage, context);
      return found;
    }
  }

  /// Asks for JSON. An answer that cannot be read is sent back once with what is wrong with it.
  ///
  /// @param read throws an [AttemptException] of [FailureKind#BAD_OUTPUT] for such an answer
  public static <T> Written<T> ask(
      AiModel model, String persona, AiMessage question, Function<String, T> read)
      throws InterruptedException {
    List<AiMessage> turns = new ArrayList<>(List.of(question));
    AiReply first = model.ask(AiRequest.of(persona, turns).withForm(AnswerForm.JSON));
    try {
      return new Written<>(read.apply(first.text()), usage(first));
    } catch (AttemptException unreadable) {
      turns.add(AiMessage.assistant(first.text()));
      turns.add(AiMessage.user(again(reason(first, unreadable))));
    }
    AiReply second = model.ask(AiRequest.of(persona, turns).withForm(AnswerForm.JSON));
    try {
      return new Written<>(read.apply(second.text()), usage(first).plus(usage(second)));
    } catch (AttemptException unreadable) {
      throw reason(second, unreadable);
    }
  }

  // Half an answer is never JSON, and that is not what was wrong with it.
  private static AttemptException reason(AiReply answer, AttemptException unreadable) {
    return answer.isCut() ? bad(CUT).causedBy(unreadable) : unreadable;
  }

  /// What a model is told of an answer that could not be read.
  public static String again(AttemptException unreadable) {
    String how = unreadable.message().equals(CUT) ? ", and more briefly." : ".";
    return unreadable.message() + ". Answer again, with JSON only, in the form asked for" + how;
  }

  public static Usage usage(AiReply reply) {
    return new Usage(reply.model(), reply.usage().inputTokens(), reply.usage().outputTokens());
  }

  /// Records what an answer cost with the task, if it cost anything.
  public static void record(Usage usage, TaskContext context) {
    if (usage.inputTokens() + usage.outputTokens() > 0) {
      context.usage(usage);
    }
  }

  /// The value with the expected fields in an answer, or the last other one.
  ///
  /// @throws AttemptException when there is no object and no list
  public static JsonNode find(String answer, Predicate<JsonNode> expected) {
    JsonInText found = JsonInText.of(answer);
    return found
        .find(expected)
        .orElseGet(() -> found.values().isEmpty() ? alone(answer) : found.values().getLast());
  }

  private static JsonNode alone(String answer) {
    try {
      JsonInText.parse(answer.strip());
    } catch (JacksonException broken) {
      TokenStreamLocation at = broken.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw bad("The answer is not valid JSON: unexpected text" + where).causedBy(broken);
    }
    throw bad("The answer is not valid JSON: it is not an object");
  }

  public static AttemptException bad(String why) {
    return AttemptException.of(FailureKind.BAD_OUTPUT, why);
  }
}
