package dev.handoff.systems.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.kit.KeyedLimits.Refill;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class KeyedLimitsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  private KeyedLimits limits(Refill refill) {
    return new KeyedLimits(Duration.ofMinutes(1), refill, now::get);
  }

  private void advance(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Test
  void allowsEachKeySoOftenInAWindow() {
    KeyedLimits limits = limits(Refill.AT_ONCE);

    assertThat(limits.use("a", 2).remaining()).isEqualTo(1);
    assertThat(limits.use("a", 2).allowed()).isTrue();
    assertThat(limits.use("a", 2).allowed()).isFalse();
    assertThat(limits.use("b", 2).allowed()).isTrue();

    advance(Duration.ofSeconds(59));
    assertThat(limits.use("a", 2).untilNext()).isEqualTo(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));
    assertThat(limits.use("a", 2).remaining()).isEqualTo(1);
  }

  @Test
  void refillsBitByBit() {
    KeyedLimits limits = limits(Refill.STEADILY);
    var _ = limits.use("a", 2);
    var _ = limits.use("a", 2);

    advance(Duration.ofSeconds(30));

    assertThat(limits.use("a", 2).allowed()).isTrue();
    assertThat(limits.use("a", 2).allowed()).isFalse();
  }

  @Test
  void aUseThatIsTakenBackDoesNotCount() {
    KeyedLimits limits = limits(Refill.STEADILY);

    limits.use("a", 1).takeBack();

    assertThat(limits.use("a", 1).allowed()).isTrue();
  }
}
