package dev.handoff.server;

import dev.handoff.server.text.TextConfiguration;
import dev.handoff.systems.AiConfiguration;
import dev.handoff.systems.accounts.AccountsConfiguration;
import dev.handoff.systems.promptgeneration.PromptConfiguration;
import dev.handoff.systems.satbuddy.SatBuddyConfiguration;
import dev.handoff.systems.teamevaluation.TeamEvaluationConfiguration;
import dev.handoff.systems.trainingvideos.TrainingConfiguration;
import dev.handoff.systems.zoneinsights.ZoneInsightsConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/// Starts the server: `java -jar handoff-server.jar`, with any setting as `--name=value`.
@SpringBootApplication
@Import({
  AiConfiguration.class,
  AccountsConfiguration.class,
  SatBuddyConfiguration.class,
  PromptConfiguration.class,
  ZoneInsightsConfiguration.class,
  TeamEvaluationConfiguration.class,
  TrainingConfiguration.class,
  TextConfiguration.class
})
public final class HandoffServer {
  // A virtual thread that waits while a class is loaded keeps its carrier. With two carriers, two
  // such threads could wait for a class loader's lock whose holder waited for a carrier, and a
  // server that had just started answered nobody any more (ADR 6).
  private static final int CARRIERS = 16;
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private HandoffServer() {}

  /// Starts it; options are settings.
  public static void main(String[] options) {
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = Math.max(CARRIERS, Runtime.getRuntime().availableProcessors());
      System.setProperty(PARALLELISM, Integer.toString(carriers));
    }
    SpringApplication.run(HandoffServer.class, options);
  }
}
