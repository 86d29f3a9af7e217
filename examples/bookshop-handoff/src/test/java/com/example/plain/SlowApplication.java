package com.example.plain;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An application whose start takes as long as its test wants, and may fail.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SlowApplication {
  @Bean
  HandledType<String, String> greetHandler(@Value("${slow.hold:false}") boolean hold) {
    return PlainApplication.GREET.handledBy((name, task) -> {
      System.out.println("HANDLING " + name);
      String greeting =
          task.step(
              "model",
              String.class,
              () -> {
                System.out.println("PAID");
                return "hello " + name;
              });
      if (hold) {
        System.out.println("IN THE MIDDLE");
        new CountDownLatch(1).await();
      }
      System.out.println("DONE " + greeting);
      return Outcome.done(greeting);
    });
  }

  /// Stands for whatever takes long at a start: goes on when a byte comes.
  @Bean
  SmartInitializingSingleton slowPart(
      @Value("${slow.wait:false}") boolean wait, @Value("${slow.fail:false}") boolean fail) {
    return () -> {
      if (wait) {
        System.out.println("STARTING SLOWLY");
        awaitByte();
        System.out.println("SLOW PART OVER");
      }
      if (fail) {
        throw new IllegalStateException("the slow part failed");
      }
    };
  }

  private static void awaitByte() {
    try {
      int ignored = System.in.read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Submits a task where a setting says whose.
  public static void main(String[] args) {
    ConfigurableApplicationContext application = SpringApplication.run(SlowApplication.class, args);
    String name = application.getEnvironment().getProperty("slow.submit", "");
    if (!name.isEmpty()) {
      application.getBean(Handoff.class).submit(PlainApplication.GREET, name, Submission.by("u"));
    }
    System.out.println("READY -");
  }
}
