package dev.handoff.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.TaskId;
import dev.handoff.TimeSource;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskIdsTest {
  private final TaskIds ids = new TaskIds(TimeSource.system(), new SecureRandom());

  @Test
  void areUuidsOfVersionSevenThatGrowStrictly() {
    TaskId before = ids.next();
    for (int i = 0; i < 20_000; i++) {
      TaskId next = ids.next();

      assertThat(next).isGreaterThan(before);
      assertThat(next.value().version()).isEqualTo(7);
      assertThat(next.value().variant()).isEqualTo(2);
      before = next;
    }
  }

  @Test
  void shareNoRandomPart() {
    Set<Long> parts = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      parts.add(ids.next().value().getLeastSignificantBits());
    }

    assertThat(parts).hasSize(10_000);
  }

  @Test
  void anyOtherTextIsSimplyNoId() {
    TaskId id = ids.next();

    assertThat(TaskId.parse(id.toString())).contains(id);
    assertThat(TaskId.parse("")).isEmpty();
    assertThat(TaskId.parse("1-2-3-4-5")).isEmpty();
    assertThat(TaskId.parse("x".repeat(36))).isEmpty();
    assertThat(TaskId.parse("0".repeat(40))).isEmpty();
    assertThat(TaskId.parse("1-1-1-1-0000000000000000000000000001")).isEmpty();
  }
}
