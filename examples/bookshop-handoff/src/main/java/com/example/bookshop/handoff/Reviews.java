package com.example.bookshop.handoff;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Writes reviews of books. The shop's own packages are scanned, so this is found.
@Configuration(proxyBeanMethods = false)
public class Reviews {
  public static final TaskType<String, String> REVIEW =
      TaskType.of("review", String.class, String.class);

  @Bean
  HandledType<String, String> reviewHandler() {
    return REVIEW.handledBy((title, task) -> Outcome.done(title + ": well worth reading"));
  }
}
