package dev.handoff.ai.provider;

import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiUsage;
import dev.handoff.ai.TokenListener;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A model behind a provider's own API, through LangChain4j's module for it: Anthropic, Google's
/// Gemini, Ollama. Bounds and failures are those of [OpenAiModel]. Safe for use by many threads.
public final class NativeModel implements AiModel {
  /// What Anthropic, which wants to be told, may write where the request has no bound of its own.
  private static final int ANTHROPIC_TOKENS = 4096;

  /// Stands for a key where a server needs none and the library asks for one.
  private static final String NO_KEY = "none";

  private final AiSettings settings;
  private final NativeWire wire;
  private final ProviderHttpClient http;
  private final ModelPair models;
  private final OpenedThoughts opened = new OpenedThoughts();

  /// One model as LangChain4j has it: for answers in one piece, and for streams.
  private record ModelPair(ChatModel whole, StreamingChatModel streamed) {}

  private NativeModel(AiSettings settings, NativeWire wire, InstantSource clock) {
    this.settings = settings;
    this.wire = wire;
    this.http = new ProviderHttpClient(settings, clock);
    var client = new LangChainHttpBuilder(new LangChainHttpClient(http, wire));
    this.models =
        switch (wire) {
          case ANTHROPIC -> anthropic(settings, client);
          case GEMINI -> gemini(settings, client);
          case OLLAMA -> ollama(settings, client);
        };
  }

  private static ModelPair anthropic(AiSettings settings, LangChainHttpBuilder client) {
    return new ModelPair(
        AnthropicChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(settings.baseUrl())
            .apiKey(key(settings))
            .modelName(settings.model())
            .maxTokens(ANTHROPIC_TOKENS)
            .timeout(settings.timeout())
            .maxRetries(0)
            .build(),
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(settings.baseUrl())
            .apiKey(key(settings))
            .modelName(settings.model())
            .maxTokens(ANTHROPIC_TOKENS)
            .timeout(settings.timeout())
            .build());
  }

  private static ModelPair gemini(AiSettings settings, LangChainHttpBuilder client) {
    return new ModelPair(
        GoogleAiGeminiChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(settings.baseUrl())
            .apiKey(key(settings))
            .modelName(settings.model())
            .timeout(settings.timeout())
            .maxRetries(0)
            .build(),
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(settings.baseUrl())
            .apiKey(key(settings))
            .modelName(settings.model())
            .timeout(settings.timeout())
            .build());
  }

  private static ModelPair ollama(AiSettings settings, LangChainHttpBuilder client) {
    return new ModelPair(
        OllamaChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(settings.baseUrl())
            .modelName(settings.model())
            .timeout(settings.timeout())
            .maxRetries(0)
            .build(),
        OllamaStreamingChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(settings.baseUrl())
            .modelName(settings.model())
            .timeout(settings.timeout())
            .build());
  }

  private static String key(AiSettings settings) {
    return settings.apiKey().isEmpty() ? NO_KEY : settings.apiKey();
  }

  /// The model of these settings, by the name of its provider. Nothing is sent until the first
  /// question. The clock is the one against which a `Retry-After` date is read.
  ///
  /// @throws IllegalArgumentException when the provider is none of `anthropic`, `gemini`, `ollama`
  public static NativeModel connect(AiSettings settings, InstantSource clock) {
    return new NativeModel(
        settings,
        switch (settings.provider()) {
          case AiSettings.ANTHROPIC -> NativeWire.ANTHROPIC;
          case AiSettings.GEMINI -> NativeWire.GEMINI;
          case AiSettings.OLLAMA -> NativeWire.OLLAMA;
          default ->
              throw new IllegalArgumentException("No API of its own: " + settings.provider());
        },
        clock);
  }

  @Override
  public AiReply ask(AiRequest request, TokenListener onToken) throws InterruptedException {
    ProviderFailures.requireReady(settings);
    AnswerText text = new AnswerText(onToken, opened);
    try {
      ChatRequest chat = LangChainRequests.of(request, wire);
      return onToken.equals(TokenListener.NONE) ? whole(chat, text) : streamed(chat, text);
    } catch (RuntimeException e) {
      throw ProviderFailures.sort(e, settings);
    }
  }

  private AiReply whole(ChatRequest chat, AnswerText text) {
    ChatResponse response = models.whole().chat(chat);
    @Nullable String all = response.aiMessage().text();
    text.add(all == null ? "" : all);
    return reply(response, text);
  }

  private AiReply streamed(ChatRequest chat, AnswerText text) {
    StreamedAnswer answer = new StreamedAnswer(text);
    models.streamed().chat(chat, answer);
    return reply(answer.response(), text);
  }

  private AiReply reply(ChatResponse response, AnswerText text) {
    StopReason end =
        response.finishReason() == FinishReason.LENGTH ? StopReason.CUT : StopReason.WHOLE;
    String whole = text.end(end);
    if (whole.isBlank()) {
      throw ProviderFailures.empty(end);
    }
    @Nullable String model = response.modelName();
    AiReply reply =
        AiReply.fromModel(
            whole, model == null ? settings.model() : model, usage(response.tokenUsage()));
    return end == StopReason.CUT ? reply.cut() : reply;
  }

  private static AiUsage usage(@Nullable TokenUsage usage) {
    return usage == null
        ? AiUsage.NONE
        : new AiUsage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
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
    return "NativeModel[" + settings + "]";
  }
}
