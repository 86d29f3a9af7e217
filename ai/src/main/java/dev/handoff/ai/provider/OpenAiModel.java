package dev.handoff.ai.provider;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiUsage;
import dev.handoff.ai.TokenListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A model behind the chat-completions API at one base URL. Answers are bounded to 8 MiB on the
/// wire and to the settings' timeout in all; connecting gets at most 10 s of it. Safe for use by
/// many threads.
public final class OpenAiModel implements AiModel {
  private final AiSettings settings;
  private final ProviderHttpClient http;
  private final OpenAiChatModel whole;
  private final OpenAiStreamingChatModel streamed;

  private OpenAiModel(AiSettings settings, InstantSource clock) {
    this.settings = settings;
    this.http = new ProviderHttpClient(settings, clock);
    @Nullable String key = settings.apiKey().isEmpty() ? null : settings.apiKey();
    var whole =
        OpenAiChatModel.builder()
            .httpClientBuilder(new FixedHttpClient(http))
            .baseUrl(settings.baseUrl())
            .modelName(settings.model())
            .timeout(settings.timeout())
            .maxRetries(0);
    var streamed =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(new FixedHttpClient(http))
            .baseUrl(settings.baseUrl())
            .modelName(settings.model())
            .timeout(settings.timeout());
    if (key != null) {
      whole.apiKey(key);
      streamed.apiKey(key);
    }
    this.whole = whole.build();
    this.streamed = streamed.build();
  }

  /// The model of these settings. Nothing is sent until the first question.
  public static OpenAiModel connect(AiSettings settings) {
    return connect(settings, InstantSource.system());
  }

  /// The same with a clock, against which a `Retry-After` date is read.
  public static OpenAiModel connect(AiSettings settings, InstantSource clock) {
    return new OpenAiModel(settings, clock);
  }

  @Override
  public AiReply ask(AiRequest request, TokenListener onToken) throws InterruptedException {
    if (settings.lacksKey()) {
      throw AttemptException.of(
          FailureKind.MISCONFIGURED,
          "The AI provider's API key is not configured. An administrator has to set it.");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted before the AI was asked");
    }
    ChatRequest chat = OpenAiRequests.toChatRequest(request, settings);
    StreamedAnswer answer = new StreamedAnswer(onToken);
    try {
      return toReply(onToken.equals(TokenListener.NONE) ? whole.chat(chat) : stream(chat, answer));
    } catch (RuntimeException e) {
      answer.rethrowListenerFailure();
      throw OpenAiFailures.sort(e, settings);
    }
  }

  private ChatResponse stream(ChatRequest chat, StreamedAnswer answer) {
    streamed.chat(chat, answer);
    return answer.response();
  }

  private AiReply toReply(ChatResponse response) {
    if (response.finishReason() == FinishReason.CONTENT_FILTER) {
      throw OpenAiFailures.refused();
    }
    @Nullable String text = response.aiMessage().text();
    if (text == null || text.isBlank()) {
      throw AttemptException.of(FailureKind.BAD_OUTPUT, "The AI gave an empty answer.");
    }
    @Nullable String model = response.modelName();
    return AiReply.fromModel(
        text, model == null ? settings.model() : model, toUsage(response.tokenUsage()));
  }

  private static AiUsage toUsage(@Nullable TokenUsage usage) {
    if (usage == null) {
      return AiUsage.NONE;
    }
    return new AiUsage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  @Override
  public void close() {
    http.close();
  }

  /// Names the model and the server; never the key.
  @Override
  public String toString() {
    return "OpenAiModel[" + settings + "]";
  }
}
