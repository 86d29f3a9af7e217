package dev.handoff.jdbc;

import dev.handoff.testing.simulation.Simulate;

/// As [Simulate], over the PostgreSQL store on a server of its own: `benchmarks/simulate
/// --postgres`. Slow, for each exchange with the server is made while the simulation stands still.
final class SimulatePostgres {
  private SimulatePostgres() {}

  static void main(String[] arguments) {
    System.exit(Simulate.run(arguments, PostgresSimulation::new));
  }
}
