package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writes that wait for longer than a lease.
final class SqliteLeaseTest {
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId OTHER = new NodeId("other");
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
  private static final Duration LEASE = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final TestClock clock = TestClock.atNine();

  @Test
  void aLeaseBeginsWhenItIsWritten() throws Exception {
    try (SqliteHarness harness =
            new SqliteHarness(SqliteSettings.temporary(folder.resolve("lease.db")));
        TaskStore store = harness.open(clock)) {
      store.join(new Node(ONE, Role.WORKER), LEASE);
      FutureTask<Boolean> renewal = new FutureTask<>(() -> store.renew(ONE, LEASE));
      FutureTask<RescueResult> rescue = new FutureTask<>(() -> store.rescue(OTHER, 10));

      // Nobody else writes while this is open.
      harness.inTransaction(() -> {
        store.submit(List.of(aTask().at(clock.instant())));
        awaitWaiting(Thread.ofPlatform().start(rescue));
        awaitWaiting(Thread.ofPlatform().start(renewal));
        clock.advance(LEASE.multipliedBy(2));
      });

      assertThat(renewal.get()).isTrue();
      assertThat(rescue.get()).isEqualTo(new RescueResult(0, 0));
      assertThat(store.rescue(OTHER, 10)).isEqualTo(new RescueResult(0, 0));
      assertThat(store.renew(ONE, LEASE)).isTrue();
    }
  }

  private static void awaitWaiting(Thread thread) {
    await().until(() -> WAITING.contains(thread.getState()));
  }
}
