package dev.handoff.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Priority;
import dev.handoff.jdbc.row.QueueKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FairShareTest {
  private static final QueueKey CHAT = new QueueKey("chat", Priority.NORMAL, "");

  private final FairShare fairShare = new FairShare();

  private long next(@Nullable String tenant) {
    return fairShare.next(CHAT, tenant);
  }

  @Test
  void startsANewcomerInThePresent() {
    assertThat(next("large")).isEqualTo(0);
    assertThat(next("large")).isEqualTo(1);
    assertThat(next("large")).isEqualTo(2);
    fairShare.claimed(CHAT, 1);

    assertThat(next("small")).isEqualTo(1);
    assertThat(next("large")).isEqualTo(3);
    assertThat(next(null)).isEqualTo(1);
  }

  @Test
  void doesNotLetAnOldTaskTurnTimeBack() {
    fairShare.claimed(CHAT, 7);
    fairShare.claimed(CHAT, 3);

    assertThat(next("small")).isEqualTo(7);
    assertThat(fairShare.lag(CHAT, 9)).isEqualTo(2);
    assertThat(fairShare.lag(new QueueKey("chat", Priority.HIGH, ""), 9)).isEqualTo(9);
  }

  @Test
  void forgivesEverybodyWhenNothingWaits() {
    next("large");
    next("large");
    fairShare.claimed(CHAT, 1);
    fairShare.drained(CHAT.line());

    assertThat(next("large")).isEqualTo(1);
  }

  @Test
  void goesOnWhereTheStoredTasksEnd() {
    fairShare.restore(new FairShare.TenantStarts(CHAT, "large", 50, 99));
    fairShare.restore(new FairShare.TenantStarts(CHAT, "small", 51, 51));

    assertThat(next("large")).isEqualTo(100);
    assertThat(next("small")).isEqualTo(52);
    assertThat(next("new")).isEqualTo(50);
  }

  @Test
  void remembersABoundedNumberOfTenants() {
    for (int i = 0; i < 250_000; i++) {
      next("tenant-" + i);
    }

    assertThat(fairShare.remembered()).isLessThanOrEqualTo(100_000);
    assertThat(next("late")).isZero();
  }
}
