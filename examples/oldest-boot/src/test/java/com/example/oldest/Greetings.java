package com.example.oldest;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An application that greets, in the background.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Greetings {
  static final TaskType<Name, Greeting> GREET = TaskType.of("greet", Name.class, Greeting.class);

  record Name(String name) {}

  record Greeting(String text) {}

  @Bean
  HandledType<Name, Greeting> greetHandler() {
    return GREET.handledBy((request, task) -> {
      task.progress(50, "thinking");
      String text = task.step("words", String.class, () -> "hello " + request.name());
      task.emit(text);
      return Outcome.done(new Greeting(text));
    });
  }
}
