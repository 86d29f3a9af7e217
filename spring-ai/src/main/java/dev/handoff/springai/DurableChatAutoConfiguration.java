package dev.handoff.springai;

import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// Has the application's models of OpenAI close the connections of calls that are not wanted any
/// more.
@AutoConfiguration
@ConditionalOnClass(OpenAiHttpClientBuilderCustomizer.class)
public final class DurableChatAutoConfiguration {
  @Bean
  InterruptibleCalls handoffInterruptibleCalls() {
    return new InterruptibleCalls();
  }
}
