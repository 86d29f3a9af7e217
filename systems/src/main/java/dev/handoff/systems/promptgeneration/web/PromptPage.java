package dev.handoff.systems.promptgeneration.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the page, and limits on its requests.
///
/// @param notesLimit largest length of the notes, in characters
/// @param batchLimit largest number of notes in one batch; at most 100
/// @param pollEvery interval at which the page polls for a prompt; 500ms to 3s
/// @param pollFor how long the page polls for a prompt before it gives up
/// @param purchaseUrl URL at which more tokens are sold; empty if there is none
/// @param upgradeUrl URL at which a subscription is sold; empty if there is none
@ConfigurationProperties("handoff.systems.prompt-generation")
public record PromptPage(
    @DefaultValue("20000") int notesLimit,
    @DefaultValue("20") int batchLimit,
    @DefaultValue("1s") Duration pollEvery,
    @DefaultValue("2m") Duration pollFor,
    @DefaultValue("") String purchaseUrl,
    @DefaultValue("") String upgradeUrl) {
  public PromptPage {
    if (notesLimit < 1 || batchLimit < 1 || batchLimit > 100) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation: notes-limit is at least 1 and batch-limit 1 to 100");
    }
    if (pollEvery.toMillis() < 500 || pollEvery.toMillis() > 3000) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation.poll-every is 500ms to 3s, was " + pollEvery);
    }
    if (pollFor.compareTo(pollEvery) < 0) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation.poll-for is at least poll-every, was " + pollFor);
    }
  }
}
