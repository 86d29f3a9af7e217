package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final Random random = new Random(7);

  @Test
  void doublesItsWaitUpToTheLongest() {
    RetryPolicy policy = withoutJitter(RetryPolicy.exponential(Duration.ofSeconds(1)));

    List<Long> seconds = new ArrayList<>();
    for (int attempt = 1; attempt < 10; attempt++) {
      seconds.add(policy.delayAfter(attempt, FailureKind.ERROR, random).orElseThrow().toSeconds());
    }

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L);
    assertThat(policy.delayAfter(10, FailureKind.ERROR, random)).isEmpty();
  }

  @Test
  void neverWaitsLongerThanTheLongestHoweverManyAttempts() {
    RetryPolicy policy = RetryPolicy.exponential(Duration.ofSeconds(1)).upTo(5_000);

    assertThat(policy.delayAfter(4_999, FailureKind.ERROR, random))
        .hasValueSatisfying(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofHours(1)));
  }

  @Test
  void jitterOnlyShortens() {
    RetryPolicy policy = RetryPolicy.exponential(Duration.ofSeconds(10));

    for (int i = 0; i < 1_000; i++) {
      assertThat(policy.delayAfter(1, FailureKind.ERROR, random).orElseThrow())
          .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
    }
  }

  @Test
  void retriesOnlyTheKindsItNames() {
    RetryPolicy policy =
        RetryPolicy.every(Duration.ofMinutes(1)).upTo(4).on(Set.of(FailureKind.RATE_LIMITED));

    assertThat(policy.delayAfter(3, FailureKind.RATE_LIMITED, random))
        .contains(Duration.ofMinutes(1));
    assertThat(policy.delayAfter(1, FailureKind.ERROR, random)).isEmpty();
    assertThat(policy.delayAfter(4, FailureKind.RATE_LIMITED, random)).isEmpty();
  }

  @Test
  void aRequestThatCannotBeDoneIsNotTriedAgainByDefault() {
    assertThat(RetryPolicy.DEFAULTS.delayAfter(1, FailureKind.INVALID_REQUEST, random)).isEmpty();
    assertThat(RetryPolicy.DEFAULTS.delayAfter(1, FailureKind.MISCONFIGURED, random)).isEmpty();
    assertThat(RetryPolicy.DEFAULTS.delayAfter(1, FailureKind.UNAVAILABLE, random)).isPresent();
  }

  @Test
  void takesTheWaitsOfAScheduleOneAfterTheOther() {
    RetryPolicy policy =
        withoutJitter(
            RetryPolicy.schedule(
                Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(1)));

    assertThat(policy.maxAttempts()).isEqualTo(4);
    assertThat(policy.delayAfter(1, FailureKind.ERROR, random)).contains(Duration.ofSeconds(5));
    assertThat(policy.delayAfter(2, FailureKind.ERROR, random)).contains(Duration.ofMinutes(5));
    assertThat(policy.delayAfter(3, FailureKind.ERROR, random)).contains(Duration.ofSeconds(1));
    assertThat(policy.delayAfter(4, FailureKind.ERROR, random)).isEmpty();
    assertThat(policy.upTo(9).delayAfter(7, FailureKind.ERROR, random))
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void refusesPoliciesThatMakeNoSense() {
    assertThatThrownBy(() -> RetryPolicy.DEFAULTS.upTo(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> RetryPolicy.every(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RetryPolicy.DEFAULTS.givingUpAfter(Duration.ZERO))
        .hasMessageContaining("giveUpAfter");
  }

  private static RetryPolicy withoutJitter(RetryPolicy policy) {
    return new RetryPolicy(
        policy.maxAttempts(), policy.waits(), 0, policy.on(), policy.giveUpAfter());
  }
}
