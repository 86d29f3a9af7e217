package dev.handoff.spring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import org.junit.jupiter.api.Test;

final class SubmitQuotaTest {
  private static final Caller ASHA = new Caller("asha", null);

  private static ProblemException refusal(SubmitQuota quota, int submits) {
    return catchThrowableOfType(ProblemException.class, () -> quota.take(ASHA, submits));
  }

  @Test
  void countsDownAndRefuses() {
    SubmitQuota quota = new SubmitQuota(3);

    assertThat(quota.take(ASHA, 2))
        .containsEntry("RateLimit-Policy", "\"submits\";q=3;w=60")
        .containsEntry("RateLimit", "\"submits\";r=1;t=40");
    ProblemException refused = refusal(quota, 2);
    assertThat(refused.problem()).isEqualTo(Problem.QUOTA_EXCEEDED);
    assertThat(refused.headers()).containsEntry("Retry-After", "20");
    assertThat(refused.members()).containsKey("violated-policies");
    assertThat(quota.take(ASHA, 1)).containsEntry("RateLimit", "\"submits\";r=0;t=60");
  }

  @Test
  void eachOwnerAndTenantHasItsOwn() {
    SubmitQuota quota = new SubmitQuota(1);

    assertThat(quota.take(ASHA, 1)).isNotEmpty();
    assertThat(quota.take(new Caller("asha", "school"), 1)).isNotEmpty();
    assertThat(quota.take(new Caller("ben", null), 1)).isNotEmpty();
    assertThat(refusal(quota, 1)).isNotNull();
  }

  @Test
  void moreThanTheWholeQuotaIsTakenWhenAllOfItIsThere() {
    SubmitQuota quota = new SubmitQuota(600);

    assertThat(quota.take(ASHA, 1000)).containsEntry("RateLimit", "\"submits\";r=0;t=100");
    assertThat(Integer.parseInt(refusal(quota, 1).headers().get("Retry-After"))).isBetween(40, 42);
  }

  @Test
  void thereMayBeNone() {
    SubmitQuota quota = new SubmitQuota(0);

    for (int i = 0; i < 10; i++) {
      assertThat(quota.take(ASHA, 1_000_000)).isEmpty();
    }
  }
}
