package dev.handoff.springai;

import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;

/// Closes the connection of a call to OpenAI when the attempt that waits for it is over. Spring AI
/// itself reads such a stream to its end, and the provider writes it, and charges for it. In a
/// Spring Boot application there is a bean of it. A model that is built by hand needs it in
/// `OpenAiChatModel.builder().httpClientBuilderCustomizer(new InterruptibleCalls())`.
public final class InterruptibleCalls implements OpenAiHttpClientBuilderCustomizer {
  /// Creates one, which may be used for several models.
  public InterruptibleCalls() {}

  @Override
  public void customize(SpringAiOpenAiHttpClient.Builder builder) {
    builder.interceptor(chain -> {
      String id = chain.request().header(MarkedCalls.HEADER);
      if (id == null) {
        return chain.proceed(chain.request());
      }
      MarkedCalls.add(id, chain.call());
      return chain.proceed(chain.request().newBuilder().removeHeader(MarkedCalls.HEADER).build());
    });
  }
}
