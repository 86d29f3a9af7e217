package com.example.plain;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskType;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainApplication {
  static final TaskType<String, String> GREET = TaskType.of("greet", String.class, String.class);

  @Bean
  HandledType<String, String> greetHandler() {
    return GREET.handledBy((name, task) -> Outcome.done("hello " + name));
  }

  /// Has one task done, and says so.
  public static void main(String[] args) throws Exception {
    ConfigurableApplicationContext application =
        SpringApplication.run(PlainApplication.class, args);
    Handoff handoff = application.getBean(Handoff.class);
    var id = handoff.submit(GREET, "Asha", Submission.by("u"));
    System.out.println(
        "DONE " + handoff.result(GREET, id, Duration.ofSeconds(30)).orElse("nothing"));
    System.out.println(
        "READY " + application.getEnvironment().getProperty("local.server.port", "-"));
  }
}
