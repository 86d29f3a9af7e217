package dev.handoff.systems.satbuddy.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of SAT Buddy's page.
///
/// @param pollEvery interval at which the page polls for an answer; at least 100ms
/// @param pollAtMost number of polls after which the page gives up
/// @param topics topics that the page offers beside the chat
@ConfigurationProperties("handoff.systems.sat-buddy")
public record SatBuddyPage(
    @DefaultValue("1s") Duration pollEvery,
    @DefaultValue("60") int pollAtMost,
    @DefaultValue({"Algebra", "Reading", "Writing"}) List<String> topics) {
  public SatBuddyPage {
    topics = List.copyOf(topics);
    if (pollEvery.toMillis() < 100 || pollAtMost < 1) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy.poll-every is at least 100ms and .poll-at-most at least 1");
    }
  }
}
