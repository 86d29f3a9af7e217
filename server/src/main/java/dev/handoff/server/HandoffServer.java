package dev.handoff.server;

import dev.handoff.server.text.TextConfiguration;
import dev.handoff.systems.AiConfiguration;
import dev.handoff.systems.accounts.people.AccountsCommand;
import dev.handoff.systems.accounts.people.PeopleConfiguration;
import dev.handoff.systems.promptgeneration.web.PromptWebConfiguration;
import dev.handoff.systems.satbuddy.web.SatBuddyWebConfiguration;
import dev.handoff.systems.teamevaluation.web.TeamEvaluationWebConfiguration;
import dev.handoff.systems.trainingvideos.web.TrainingWebConfiguration;
import dev.handoff.systems.zoneinsights.web.ZoneInsightsWebConfiguration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/// Starts the server: `java -jar handoff-server.jar`, with any setting as `--name=value`.
@SpringBootApplication
@Import({
  AiConfiguration.class,
  PeopleConfiguration.class,
  SatBuddyWebConfiguration.class,
  PromptWebConfiguration.class,
  ZoneInsightsWebConfiguration.class,
  TeamEvaluationWebConfiguration.class,
  TrainingWebConfiguration.class,
  TextConfiguration.class
})
public final class HandoffServer {
  // A virtual thread that waits while a class is loaded keeps its carrier. With two carriers, two
  // such threads could wait for a class loader's lock whose holder waited for a carrier, and a
  // server that had just started answered nobody any more (ADR 6).
  private static final int CARRIERS = 16;
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private HandoffServer() {}

  /// Starts it; options are settings. With `accounts` as the first word it runs that command
  /// instead.
  public static void main(String[] options) {
    if (options.length > 0 && options[0].equals("accounts")) {
      List<String> words = Arrays.asList(options).subList(1, options.length);
      System.exit(AccountsCommand.onConsole().run(words));
    }
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = Math.max(CARRIERS, Runtime.getRuntime().availableProcessors());
      System.setProperty(PARALLELISM, Integer.toString(carriers));
    }
    SpringApplication.run(HandoffServer.class, options);
  }
}
