package dev.handoff.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void namesTheLoopsThatStandStill() {
    Heartbeats heartbeats = new Heartbeats(nanos::get);
    Heartbeats.Beat deadlines = heartbeats.of("deadlines", Duration.ofSeconds(10));
    heartbeats.of("dispatcher", Duration.ofSeconds(15));

    assertThat(heartbeats.stalled()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(heartbeats.stalled()).containsExactly("deadlines");
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    deadlines.now();

    assertThat(heartbeats.stalled()).containsExactly("dispatcher");
  }
}
