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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON from models, which is JSON more or less: fenced, with trailing commas, with line breaks in
/// texts.
public final class ModelJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();
  private static final Pattern FENCED = Pattern.compile("```[a-zA-Z]*\\s*(.*?)```", Pattern.DOTALL);

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
      turns.add(
          AiMessage.user(
              unreadable.message() + ". Answer again, with JSON only, in the form asked for."));
      AiReply second = model.ask(AiRequest.of(persona, turns).withForm(AnswerForm.JSON));
      return new Written<>(read.apply(second.text()), usage(first).plus(usage(second)));
    }
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

  /// The answer without the fence around its JSON.
  public static String unfenced(String answer) {
    Matcher fenced = FENCED.matcher(answer);
    return fenced.find() ? fenced.group(1) : answer;
  }

  /// Reads JSON with trailing commas and line breaks in texts.
  ///
  /// @throws JacksonException when it is not JSON by far
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /// The object or list in an answer.
  ///
  /// @throws AttemptException when there is none
  public static JsonNode parse(String answer) {
    try {
      JsonNode json = read(unfenced(answer));
      if (json.isObject() || json.isArray()) {
        return json;
      }
    } catch (JacksonException broken) {
      throw bad("The answer is not valid JSON").causedBy(broken);
    }
    throw bad("The answer is no JSON object");
  }

  public static AttemptException bad(String why) {
    return AttemptException.of(FailureKind.BAD_OUTPUT, why);
  }
}
