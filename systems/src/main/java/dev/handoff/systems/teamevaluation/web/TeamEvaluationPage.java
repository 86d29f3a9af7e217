package dev.handoff.systems.teamevaluation.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the pages, and limits on calls.
///
/// @param pollEvery interval at which the pages poll for the state of a summary; at least 100ms
/// @param batchLimit largest number of pupils in one batch
/// @param queuePerMinute how often a person may request the same summary in a minute
/// @param batchPerMinute how often a person may request a batch of the same evaluation in a minute
/// @param callsPerMinute how often a person may make any other call in a minute, counted for each
///   call alone; reading the state of a job is not limited
@ConfigurationProperties("handoff.systems.team-evaluation")
public record TeamEvaluationPage(
    @DefaultValue("3s") Duration pollEvery,
    @DefaultValue("500") int batchLimit,
    @DefaultValue("10") int queuePerMinute,
    @DefaultValue("5") int batchPerMinute,
    @DefaultValue("100") int callsPerMinute) {
  public TeamEvaluationPage {
    if (pollEvery.toMillis() < 100) {
      throw new IllegalArgumentException(
          "handoff.systems.team-evaluation.poll-every is at least 100ms, was " + pollEvery);
    }
    if (batchLimit < 1 || queuePerMinute < 1 || batchPerMinute < 1 || callsPerMinute < 1) {
      throw new IllegalArgumentException(
          "handoff.systems.team-evaluation.batch-limit and what is allowed in a minute are at least"
              + " 1");
    }
  }
}
