package dev.handoff.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.simulation.Simulation.SimulationResult;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  /// A quarter of a minute's worth; `benchmarks/simulate` tries as many as there is time for.
  private static final long SEEDS = Long.getLong("handoff.simulation.seeds", 30);

  @Test
  void nothingIsLostDoubledOrStuck() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulationResult result = Simulation.run(seed, ModelSimulation::new);

      assertThat(result.wrong())
          .as(() -> String.join("\n", result.lines()) + "\nseed " + result.seed())
          .isEmpty();
    }
  }

  @Test
  void aSeedGivesTheSameRunAgain() {
    long[] once = LongStream.rangeClosed(1, 2).map(SimulationTest::digest).toArray();

    assertThat(LongStream.rangeClosed(1, 2).map(SimulationTest::digest)).containsExactly(box(once));
  }

  // Hashes of other processes are others, and so is the order of some collections.
  @Test
  void aSeedGivesTheSameRunInAnotherProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Simulate.class.getName(),
                "--seed=3")
            .redirectErrorStream(true)
            .start();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(said).contains("digest=" + Long.toHexString(digest(3)));
  }

  private static long digest(long seed) {
    return Simulation.run(seed, ModelSimulation::new).digest();
  }

  private static Long[] box(long[] values) {
    return LongStream.of(values).boxed().toArray(Long[]::new);
  }
}
