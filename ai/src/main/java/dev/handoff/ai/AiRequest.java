package dev.handoff.ai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to a model: the persona it speaks as (blank for none), the conversation so far with
/// the newest turn last (at least one), the form of the answer, and optionally its temperature (0
/// to 2) and the most output tokens (at least 1). Absent values mean the provider's defaults.
public record AiRequest(
    String persona,
    List<AiMessage> messages,
    AnswerForm form,
    @Nullable Double temperature,
    @Nullable Integer maxTokens) {

  /// Copies the list and refuses values out of bounds.
  public AiRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("A request needs at least one message");
    }
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("Temperature is from 0 to 2, was " + temperature);
    }
    if (maxTokens != null && maxTokens < 1) {
      throw new IllegalArgumentException("At least one output token, was " + maxTokens);
    }
  }

  /// Asks for free text with the provider's defaults.
  public static AiRequest of(String persona, List<AiMessage> messages) {
    return new AiRequest(persona, messages, AnswerForm.FREE_TEXT, null, null);
  }

  /// Asks one thing, without a history.
  public static AiRequest of(String persona, AiMessage message) {
    return of(persona, List.of(message));
  }

  /// The same request for an answer in this form.
  public AiRequest withForm(AnswerForm form) {
    return new AiRequest(persona, messages, form, temperature, maxTokens);
  }

  /// The same request with this temperature.
  public AiRequest withTemperature(double temperature) {
    return new AiRequest(persona, messages, form, temperature, maxTokens);
  }

  /// The same request with this bound on the answer's length.
  public AiRequest withMaxTokens(int maxTokens) {
    return new AiRequest(persona, messages, form, temperature, maxTokens);
  }
}
