package dev.handoff.engine;

import dev.handoff.QueuePlace.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What is likely to happen to a line: its attempts take as long as earlier ones did, and each that
/// ends lets the next task start. Played through many times, each with other durations drawn from
/// those of earlier attempts. Equal arguments give equal forecasts. Immutable.
final class LineForecast {
  /// Later positions have no times.
  static final int POSITIONS = 500;

  private static final int ROUNDS = 200;
  private static final int SEED = 42;

  private final double[] sortedSeconds;
  private final List<Estimate> starts;
  private final List<Estimate> ends;

  private LineForecast(double[] sortedSeconds, List<Estimate> starts, List<Estimate> ends) {
    this.sortedSeconds = sortedSeconds;
    this.starts = starts;
    this.ends = ends;
  }

  /// @param durations of earlier attempts, at least one
  /// @param ages how long the attempts of the line have run; while none runs, no times are known
  /// @param closedFor how long nothing can start, whatever ends
  /// @param waiting number of waiting tasks
  static LineForecast of(
      List<Duration> durations, List<Duration> ages, Duration closedFor, int waiting) {
    double[] seconds = durations.stream().mapToDouble(LineForecast::seconds).sorted().toArray();
    int positions = ages.isEmpty() ? 0 : Math.min(waiting, POSITIONS);
    double[][] starts = new double[positions][ROUNDS];
    double[][] ends = new double[positions][ROUNDS];
    double opensIn = seconds(closedFor);
    double[] running = ages.stream().mapToDouble(LineForecast::seconds).toArray();
    RandomGenerator random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS && positions > 0; round++) {
      PriorityQueue<Double> free = new PriorityQueue<>(running.length);
      for (double age : running) {
        free.add(Math.max(opensIn, rest(seconds, age, random)));
      }
      for (int position = 0; position < positions; position++) {
        double start = free.remove();
        double end = start + seconds[random.nextInt(seconds.length)];
        starts[position][round] = start;
        ends[position][round] = end;
        free.add(end);
      }
    }
    return new LineForecast(seconds, estimates(starts), estimates(ends));
  }

  // Of each position from all rounds; kept are two numbers, not all of them.
  private static List<Estimate> estimates(double[][] played) {
    List<Estimate> estimates = new ArrayList<>(played.length);
    for (double[] rounds : played) {
      Arrays.sort(rounds);
      estimates.add(estimate(rounds, 0, 0));
    }
    return estimates;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  // An attempt that has run for longer than all earlier ones may end at any moment.
  private static double rest(double[] sorted, double age, RandomGenerator random) {
    int longer = firstLonger(sorted, age);
    return longer == sorted.length
        ? 0
        : sorted[longer + random.nextInt(sorted.length - longer)] - age;
  }

  private static int firstLonger(double[] sorted, double age) {
    int longer = 0;
    while (longer < sorted.length && sorted[longer] <= age) {
      longer++;
    }
    return longer;
  }

  /// Returns when the task of this position, from 1, is likely to start.
  Optional<Estimate> startsIn(int position) {
    return of(starts, position);
  }

  /// Returns when the task of this position is likely to end.
  Optional<Estimate> endsIn(int position) {
    return of(ends, position);
  }

  private static Optional<Estimate> of(List<Estimate> estimates, int position) {
    return position > estimates.size()
        ? Optional.empty()
        : Optional.of(estimates.get(position - 1));
  }

  /// Returns how long an attempt is likely to run on; empty if it has run for longer than any
  /// earlier one.
  Optional<Estimate> restOf(Duration age) {
    double ran = seconds(age);
    int longer = firstLonger(sortedSeconds, ran);
    return longer == sortedSeconds.length
        ? Optional.empty()
        : Optional.of(estimate(sortedSeconds, longer, ran));
  }

  // Of the values from this index on, each less the age.
  private static Estimate estimate(double[] sorted, int from, double age) {
    return new Estimate(share(sorted, from, 0.5, age), share(sorted, from, 0.9, age));
  }

  private static Duration share(double[] sorted, int from, double share, double age) {
    int index = from + (int) Math.ceil(share * (sorted.length - from)) - 1;
    return Duration.ofMillis(Math.round((sorted[Math.max(from, index)] - age) * 1000));
  }
}
