package dev.handoff.testing.simulation;

import dev.handoff.testing.simulation.Simulation.SimulationResult;
import java.io.PrintStream;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Runs simulations one after the other and prints what is wrong with them. It ends with 1 when
/// something is.
///
/// - `--seed=N`: only this seed, with its whole log
/// - `--minutes=N`: as many seeds as there is time for, from `--from=N` on (default 1)
public final class Simulate {
  private final PrintStream out;
  private final Function<RandomGenerator, SimulatedDatabase> database;
  private long seeds;
  private long tasks;
  private long steps;
  private int wrong;

  private Simulate(PrintStream out, Function<RandomGenerator, SimulatedDatabase> database) {
    this.out = out;
    this.database = database;
  }

  /// Over the model of a store.
  public static void main(String[] arguments) {
    System.exit(run(arguments, ModelSimulation::new));
  }

  /// Over this database.
  ///
  /// @return how many seeds are wrong, at most 1
  public static int run(String[] arguments, Function<RandomGenerator, SimulatedDatabase> database) {
    Simulate simulate = new Simulate(System.out, database);
    long seed = number(arguments, "seed", 0);
    if (seed != 0) {
      simulate.runOne(seed, true);
    } else {
      simulate.runFor(number(arguments, "minutes", 1), number(arguments, "from", 1));
    }
    return Math.min(1, simulate.wrong);
  }

  private static long number(String[] arguments, String name, long otherwise) {
    for (String argument : arguments) {
      if (argument.startsWith("--" + name + "=")) {
        return Long.parseLong(argument.substring(name.length() + 3));
      }
    }
    return otherwise;
  }

  private void runFor(long minutes, long from) {
    long end = System.nanoTime() + minutes * 60_000_000_000L;
    for (long seed = from; System.nanoTime() < end; seed++) {
      runOne(seed, false);
    }
    out.printf("simulation: seeds=%d tasks=%d steps=%d wrong=%d%n", seeds, tasks, steps, wrong);
  }

  private void runOne(long seed, boolean verbose) {
    SimulationResult result = Simulation.run(seed, database);
    seeds++;
    tasks += result.tasks();
    steps += result.steps();
    if (verbose) {
      result.lines().forEach(out::println);
    }
    if (!result.wrong().isEmpty()) {
      wrong++;
    }
    if (verbose || !result.wrong().isEmpty()) {
      out.printf(
          "seed=%d tasks=%d steps=%d digest=%s wrong=%d%n",
          seed,
          result.tasks(),
          result.steps(),
          Long.toHexString(result.digest()),
          result.wrong().size());
      result.wrong().stream().limit(5).forEach(out::println);
    }
  }
}
