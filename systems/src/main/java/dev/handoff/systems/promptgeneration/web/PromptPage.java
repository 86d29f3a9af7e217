package dev.handoff.systems.promptgeneration.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the page may send and is told to do.
///
/// @param notesLimit the most characters of the notes
/// @param batchLimit the most notes in one batch
/// @param pollEvery how often the page asks for a prompt
/// @param pollFor how long it asks before it gives up
/// @param purchaseUrl where more tokens are sold; empty when nowhere
/// @param upgradeUrl where a subscription is sold; empty when nowhere
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
