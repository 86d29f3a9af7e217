package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Figures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What figures depend on besides the programs; only Linux tells.
final class MachineReport {
  private static final int SYNCS = 500;
  private static final int PAGE = 8_192;

  private MachineReport() {}

  static String description() throws IOException {
    String processor = found("model name\\s*: (.*)", "/proc/cpuinfo").replaceAll("\\s+", " ");
    double gigabytes =
        Double.parseDouble(found("MemTotal:\\s*(\\d+)", "/proc/meminfo")) / (1 << 20);
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %.0f GiB, 8 KB written and synced in %.2f ms (p50), %.2f ms (p99)",
        Runtime.getRuntime().availableProcessors(),
        processor,
        gigabytes,
        sync(0.50),
        sync(0.99));
  }

  private static double sync(double share) throws IOException {
    long[] nanos = new long[SYNCS];
    try (MeasuredFolder folder = MeasuredFolder.create();
        FileChannel file =
            FileChannel.open(
                folder.path().resolve("synced"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long start = System.nanoTime();
        file.write(ByteBuffer.allocate(PAGE), (long) i * PAGE);
        file.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return Figures.percentile(nanos, share);
  }

  /// Processor time so far, in ticks: all, and what the host gave to others.
  record Ticks(long all, long stolen) {
    static Ticks now() throws IOException {
      String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+", -1);
      // user, nice, system, idle, iowait, irq, softirq, steal
      long[] ticks = Arrays.stream(fields, 1, 9).mapToLong(Long::parseLong).toArray();
      return new Ticks(Arrays.stream(ticks).sum(), ticks[7]);
    }

    /// The share of the machine that was not ours since then, in percent.
    double stolenSince(Ticks before) {
      return 100.0 * (stolen - before.stolen) / Math.max(1, all - before.all);
    }
  }

  private static String found(String pattern, String file) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
    return matcher.find() ? matcher.group(1) : "?";
  }
}
