package dev.handoff.systems.satbuddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which failures are tried again.
final class ProviderBusyTest {
  private static final ProviderBusy.Tries FIRST_OF_FOUR = new ProviderBusy.Tries(1, 3);

  @ParameterizedTest
  @CsvSource({
    "You exceeded your current QUOTA, QUOTA_EXCEEDED",
    "Rate Limit reached, RATE_LIMITED",
    "something else, UNAVAILABLE"
  })
  void theWordsDecideInAnyCaseWhereverTheyStand(String words, FailureKind kind) {
    AttemptException failure =
        AttemptException.of(FailureKind.UNAVAILABLE, "The AI provider has a problem.")
            .causedBy(new IllegalStateException("http", new IllegalStateException(words)));

    AttemptException sorted = ProviderBusy.sort(failure, FIRST_OF_FOUR);

    assertThat(sorted.kind()).isEqualTo(kind);
    assertThat(sorted.message()).doesNotContain(words);
  }

  @Test
  void anEmptyQuotaIsNotCalledBusy() {
    AttemptException empty =
        AttemptException.of(FailureKind.QUOTA_EXCEEDED, "The quota is used up. Try later.");

    assertThat(ProviderBusy.sort(empty, FIRST_OF_FOUR).message())
        .isEqualTo("The quota at the AI provider is used up, trying again shortly");
    assertThat(ProviderBusy.sort(empty, new ProviderBusy.Tries(4, 3)).message())
        .isEqualTo("The quota is used up. Try later.");
  }

  @Test
  void saysWhetherAnotherTryFollows() {
    AttemptException busy = AttemptException.of(FailureKind.RATE_LIMITED, "429 rate limit");

    assertThat(ProviderBusy.sort(busy, FIRST_OF_FOUR).message())
        .isEqualTo("The AI is busy, trying again shortly");
    assertThat(ProviderBusy.sort(busy, new ProviderBusy.Tries(4, 3)).message())
        .isEqualTo("The AI is busy. Please try again later.");
    AttemptException waits =
        ProviderBusy.sort(busy.retryAfter(Duration.ofSeconds(7)), FIRST_OF_FOUR);
    assertThat(waits.retryAfter()).contains(Duration.ofSeconds(7));
  }
}
