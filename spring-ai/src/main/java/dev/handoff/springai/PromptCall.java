package dev.handoff.springai;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;

/// A prompt that is being asked. Where the model is OpenAI's, its calls carry a mark by which
/// [InterruptibleCalls] finds them; the mark is not sent.
final class PromptCall implements AutoCloseable {
  private static final boolean OPENAI =
      ClassUtils.isPresent(
          "org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer",
          PromptCall.class.getClassLoader());

  private final ChatClientRequestSpec prompt;
  private final Runnable cancel;

  private PromptCall(ChatClientRequestSpec prompt, Runnable cancel) {
    this.prompt = prompt;
    this.cancel = cancel;
  }

  static PromptCall of(ChatClientRequestSpec prompt) {
    return OPENAI ? OpenAi.marked(prompt) : new PromptCall(prompt, () -> {});
  }

  ChatClientRequestSpec prompt() {
    return prompt;
  }

  /// Cancels what is still under way; nothing after an answer that came.
  @Override
  public void close() {
    cancel.run();
  }

  /// Loaded only where Spring AI's module for OpenAI is.
  private static final class OpenAi {
    private OpenAi() {}

    static PromptCall marked(ChatClientRequestSpec prompt) {
      MarkedCalls.Mark mark = MarkedCalls.mark();
      return new PromptCall(prompt.advisors(new Marking(mark.id())), mark::close);
    }
  }

  /// The last advisor before the model.
  private record Marking(String id) implements CallAdvisor, StreamAdvisor {
    @Override
    public String getName() {
      return "handoff";
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
      return chain.nextCall(marked(request));
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      return chain.nextStream(marked(request));
    }

    private ChatClientRequest marked(ChatClientRequest request) {
      if (!(request.prompt().getOptions() instanceof OpenAiChatOptions options)) {
        return request;
      }
      @Nullable Map<String, String> own = options.getCustomHeaders();
      Map<String, String> headers = new HashMap<>(own == null ? Map.of() : own);
      headers.put(MarkedCalls.HEADER, id);
      return request
          .mutate()
          .prompt(
              request
                  .prompt()
                  .mutate()
                  .chatOptions(options.mutate().customHeaders(headers).build())
                  .build())
          .build();
    }
  }
}
