package dev.handoff.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// How figures are computed and printed.
public final class Figures {
  private Figures() {}

  /// A line of the table: what was measured, and the median with its range.
  static void print(String what, String unit, double... runs) {
    double[] sorted = runs.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-52s %12s %-8s (%s to %s; %d runs)%n",
        what,
        number(sorted[sorted.length / 2]),
        unit,
        number(sorted[0]),
        number(sorted[sorted.length - 1]),
        runs.length);
  }

  /// The value in milliseconds that this share of the sorted samples does not exceed.
  public static double percentile(long[] sortedNanos, double share) {
    int index = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }

  /// How many of them there were in a second.
  public static double perSecond(long count, long nanos) {
    return count / (nanos / 1e9);
  }

  /// The most memory that this process has had resident so far, in MB; only Linux tells.
  public static double peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return Double.NaN;
  }

  /// As it is printed: with as many digits as mean something.
  public static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
