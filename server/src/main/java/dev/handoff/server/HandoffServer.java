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
  private HandoffServer() {}

  /// Starts it; options are settings.
  public static void main(String[] options) {
    SpringApplication.run(HandoffServer.class, options);
  }
}
