package com.example.plain;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(PlainApplication.class)
public class TwoHandlers {
  @Bean
  HandledType<String, String> politeHandler() {
    return PlainApplication.GREET.handledBy((name, task) -> Outcome.done("good day, " + name));
  }

  public static void main(String[] args) {
    SpringApplication.run(TwoHandlers.class, args);
  }
}
