package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskQueryTest {
  private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

  private static TaskId idAt(Instant time) {
    return new TaskId(new UUID(time.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE));
  }

  @Test
  void tellsTimeByTheIds() {
    TaskId first = idAt(NINE);

    assertThat(TaskId.firstAt(NINE)).isLessThan(first).isGreaterThan(idAt(NINE.minusMillis(1)));
    assertThat(TaskId.firstAt(NINE.plusNanos(1)))
        .isGreaterThan(first)
        .isLessThan(idAt(NINE.plusMillis(1)));
    assertThat(TaskId.firstAt(Instant.MIN)).isEqualTo(TaskId.firstAt(Instant.EPOCH));
    assertThat(TaskId.firstAt(Instant.MAX)).isGreaterThan(first);
  }

  @Test
  void goesOnFromTheEarlierOfBothEnds() {
    TaskQuery untilNine = TaskQuery.EVERYTHING.until(NINE);
    TaskId before = idAt(NINE.minusSeconds(1));
    TaskId later = idAt(NINE.plusSeconds(1));

    assertThat(untilNine.below(Optional.empty())).isEqualTo(TaskId.firstAt(NINE));
    assertThat(untilNine.below(Optional.of(later))).isEqualTo(TaskId.firstAt(NINE));
    assertThat(untilNine.below(Optional.of(before))).isEqualTo(before);
    assertThat(TaskQuery.EVERYTHING.below(Optional.of(later))).isEqualTo(later);
  }

  @Test
  void refusesWhatNoTaskCanMeet() {
    assertThatThrownBy(() -> TaskQuery.by(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("owner");
    assertThatThrownBy(() -> TaskQuery.EVERYTHING.inTenant("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenant");
    assertThatThrownBy(() -> TaskQuery.EVERYTHING.from(NINE).until(NINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("createdFrom");
  }

  @Test
  void refusesAPageOutOfBounds() {
    assertThat(TaskQuery.requirePage(TaskQuery.PAGE_LIMIT)).isEqualTo(200);
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 201}) {
      assertThatThrownBy(() -> TaskQuery.requirePage(size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 200");
    }
  }
}
