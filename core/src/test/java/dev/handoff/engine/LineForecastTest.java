package dev.handoff.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.QueuePlace.Estimate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineForecastTest {
  /// From 1 s to 100 s.
  private static final List<Duration> MIXED =
      IntStream.rangeClosed(1, 100).mapToObj(Duration::ofSeconds).toList();

  @Test
  void halfOfAllEndsLieUnderP50AndNineOfTenUnderP90() {
    Random random = new Random(3);
    int underP50 = 0;
    int underP90 = 0;
    int lines = 1_000;
    for (int line = 0; line < lines; line++) {
      // Two slots whose attempts have just begun, and the task at the third position.
      LineForecast forecast =
          LineForecast.of(MIXED, List.of(Duration.ZERO, Duration.ZERO), Duration.ZERO, 3);
      double[] free = {1 + random.nextInt(100), 1 + random.nextInt(100)};
      double end = 0;
      for (int position = 1; position <= 3; position++) {
        int slot = free[0] <= free[1] ? 0 : 1;
        end = free[slot] + 1 + random.nextInt(100);
        free[slot] = end;
      }
      Estimate told = forecast.endsIn(3).orElseThrow();
      underP50 += end <= told.p50().toMillis() / 1000.0 ? 1 : 0;
      underP90 += end <= told.p90().toMillis() / 1000.0 ? 1 : 0;
    }

    assertThat(underP50).isBetween(lines * 40 / 100, lines * 60 / 100);
    assertThat(underP90).isBetween(lines * 83 / 100, lines * 96 / 100);
  }

  @Test
  void anAttemptThatHasRunForLongIsOneOfTheLongOnes() {
    LineForecast forecast =
        LineForecast.of(MIXED, List.of(Duration.ofSeconds(90)), Duration.ZERO, 1);

    Estimate rest = forecast.restOf(Duration.ofSeconds(90)).orElseThrow();
    assertThat(rest).isEqualTo(new Estimate(Duration.ofSeconds(5), Duration.ofSeconds(9)));
    assertThat(forecast.startsIn(1).orElseThrow().p90())
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    assertThat(forecast.restOf(Duration.ofSeconds(100))).isEmpty();
  }

  @Test
  void positionsFarBackHaveNoTimes() {
    List<Duration> ages = Collections.nCopies(1_000, Duration.ofSeconds(200));
    LineForecast forecast = LineForecast.of(MIXED, ages, Duration.ZERO, 5_000);

    assertThat(forecast.startsIn(LineForecast.POSITIONS)).isPresent();
    assertThat(forecast.startsIn(LineForecast.POSITIONS + 1)).isEmpty();
    assertThat(forecast.endsIn(LineForecast.POSITIONS + 1)).isEmpty();
  }
}
