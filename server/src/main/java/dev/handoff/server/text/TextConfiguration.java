package dev.handoff.server.text;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.ai.AiProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The task type `text`, put together.
@Configuration(proxyBeanMethods = false)
public class TextConfiguration {
  static final TaskType<TextRequest, TextResult> TEXT =
      TaskType.of("text", TextRequest.class, TextResult.class);

  @Bean
  HandledType<?, ?> text(AiProvider provider) {
    return TEXT.handledBy(new TextHandler(provider.modelOr(new ExtractModel())));
  }
}
