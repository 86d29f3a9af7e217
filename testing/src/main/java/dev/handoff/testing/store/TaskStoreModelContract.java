package dev.handoff.testing.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs random commands on a store and on a reference model, and compares the two after each. A
/// failure names its seed and the shortest failing list of commands found; `-Dhandoff.seed=`
/// repeats that run.
public abstract class TaskStoreModelContract {
  private static final int COMMANDS = 300;
  private static final Duration RUN_TIME = Duration.ofSeconds(25);
  private static final Duration SHRINK_TIME = Duration.ofSeconds(20);

  private final AtomicInteger folders = new AtomicInteger();

  protected TaskStoreModelContract() {}

  /// A store with empty data; it may keep files in the folder.
  protected abstract StoreHarness newHarness(Path folder);

  /// How many lives it goes through each time besides a fresh one; fewer where each takes long.
  protected int lives() {
    return 12;
  }

  @Test
  final void behavesLikeItsModel(@TempDir Path folder) {
    Long replayed = Long.getLong("handoff.seed");
    if (replayed != null) {
      live(replayed, folder);
      return;
    }
    long end = System.nanoTime() + RUN_TIME.toNanos();
    long fresh = new SecureRandom().nextInt(Integer.MAX_VALUE);
    System.out.println("a fresh life: -Dhandoff.seed=" + fresh);
    live(fresh, folder);
    LongStream.rangeClosed(1, lives())
        .takeWhile(ignored -> System.nanoTime() < end)
        .forEach(seed -> live(seed, folder));
  }

  private void live(long seed, Path folder) {
    List<StoreCommand> commands = RandomCommands.of(seed, COMMANDS);
    Optional<FailedCommand> failed = run(commands, folder);
    if (failed.isPresent()) {
      List<StoreCommand> shortest = shorten(commands.subList(0, failed.get().at() + 1), folder);
      Throwable cause =
          run(shortest, folder).map(FailedCommand::cause).orElse(failed.get().cause());
      throw new AssertionError(
          "the store differs from its model, -Dhandoff.seed="
              + seed
              + ", after these "
              + shortest.size()
              + " commands:\n"
              + String.join("\n", shortest.stream().map(StoreCommand::toString).toList())
              + "\n"
              + cause.getMessage(),
          cause);
    }
  }

  private record FailedCommand(int at, Throwable cause) {}

  private Optional<FailedCommand> run(List<StoreCommand> commands, Path folder) {
    Path own = folder.resolve("life-" + folders.incrementAndGet());
    int at = 0;
    try (ModelRun run = new ModelRun(newHarness(own))) {
      for (; at < commands.size(); at++) {
        run.run(commands.get(at));
        if (at % 20 == 19) {
          run.compareAll();
        }
      }
      at = commands.size() - 1;
      run.end();
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(new FailedCommand(at, e));
    }
  }

  // Leaves out halves, quarters and so on as long as what is left still fails.
  private List<StoreCommand> shorten(List<StoreCommand> failing, Path folder) {
    long end = System.nanoTime() + SHRINK_TIME.toNanos();
    List<StoreCommand> shortest = failing;
    for (int size = Math.max(1, failing.size() / 2); size >= 1; size /= 2) {
      int from = 0;
      while (from < shortest.size() && System.nanoTime() < end) {
        List<StoreCommand> fewer = new ArrayList<>(shortest.subList(0, from));
        fewer.addAll(shortest.subList(Math.min(from + size, shortest.size()), shortest.size()));
        Optional<FailedCommand> failed = run(fewer, folder);
        if (failed.isPresent()) {
          shortest = List.copyOf(fewer.subList(0, failed.get().at() + 1));
        } else {
          from += size;
        }
      }
    }
    return shortest;
  }
}
