package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.simulation.Simulate;
import dev.handoff.testing.simulation.Simulation;
import dev.handoff.testing.simulation.Simulation.Result;
import org.junit.jupiter.api.Test;

final class PostgresSimulationTest {
  private static final long SEEDS = Long.getLong("handoff.simulation.postgres.seeds", 10);

  /// As `Simulate`, on a PostgreSQL server.
  static void main(String[] arguments) {
    System.exit(Simulate.run(arguments, PostgresSimulation::new));
  }

  @Test
  void nothingIsLostDoubledOrStuck() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Result result = Simulation.run(seed, PostgresSimulation::new);

      assertThat(result.wrong())
          .as(() -> String.join("\n", result.lines()) + "\nseed " + result.seed())
          .isEmpty();
    }
  }

  @Test
  void aSeedGivesTheSameRunAgain() {
    assertThat(Simulation.run(3, PostgresSimulation::new).digest())
        .isEqualTo(Simulation.run(3, PostgresSimulation::new).digest());
  }
}
