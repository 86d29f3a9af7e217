package dev.handoff.systems.teamevaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.FailureKind;
import dev.handoff.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// How summaries are made when nothing is said about it.
final class TeamEvaluationTasksTest {
  private static final String PREFIX = "handoff.systems.team-evaluation";

  private static TeamEvaluationTasks bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate(PREFIX, TeamEvaluationTasks.class);
  }

  @Test
  void waitsTwoFourAndEightMinutesAndAtMostHalfAnHour() {
    Policy policy = bound(Map.of()).policy();

    List<Long> minutes =
        IntStream.rangeClosed(1, 6)
            .mapToObj(attempt ->
                policy
                    .retry()
                    .delayAfter(attempt, FailureKind.ERROR, new Random(1))
                    .orElseThrow()
                    .toMinutes())
            .toList();

    assertThat(bound(Map.of()).retries()).isEqualTo(3);
    assertThat(minutes).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(policy.limits().hard()).isEqualTo(Duration.ofMinutes(10));
    assertThat(policy.retention()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void refusesACountThatIsNone() {
    assertThatThrownBy(() -> bound(Map.of(PREFIX + ".retries", "-1")))
        .rootCause()
        .hasMessage(PREFIX + ".retries is 0 to 10, was -1");
  }
}
