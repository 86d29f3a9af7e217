package dev.handoff.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.TaskId;
import dev.handoff.testing.store.TaskDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestClockTest {
  private final TestClock clock = TestClock.atNine();

  @Test
  void standsStillUntilItIsMoved() {
    Instant nine = Instant.parse("2026-01-05T09:00:00Z");
    assertThat(clock.instant()).isEqualTo(nine);
    assertThat(clock.instant()).isEqualTo(nine);

    assertThat(clock.advance(Duration.ofMinutes(5))).isEqualTo(nine.plusSeconds(300));
    clock.set(nine);

    assertThat(clock.instant()).isEqualTo(nine);
  }

  @Test
  void tellsOfEachMoveWhenItIsDone() {
    List<Instant> heard = new ArrayList<>();
    clock.onJump(() -> heard.add(clock.instant()));

    clock.advance(Duration.ofSeconds(1));
    clock.set(clock.instant().plusSeconds(1));

    assertThat(heard)
        .containsExactly(
            Instant.parse("2026-01-05T09:00:01Z"), Instant.parse("2026-01-05T09:00:02Z"));
  }

  @Test
  void goesWithIdsThatSortByTheirMaking() {
    TaskId first = TaskDraft.nextId(clock.instant());
    TaskId second = TaskDraft.nextId(clock.instant());
    TaskId third = TaskDraft.nextId(clock.advance(Duration.ofMillis(1)));

    assertThat(List.of(first, second, third)).isSorted();
    assertThat(TaskId.parse(first.toString())).contains(first);
    assertThat(first.value().version()).isEqualTo(7);
    assertThat(first.value().variant()).isEqualTo(2);
  }
}
