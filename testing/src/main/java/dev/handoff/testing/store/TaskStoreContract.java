package dev.handoff.testing.store;

import dev.handoff.Role;
import dev.handoff.store.Node;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// How every task store behaves. A store's test extends this and says how it is opened; the tests
/// are in the parts, by what is asked of the store.
public abstract class TaskStoreContract
    implements SubmitContract,
        SharingContract,
        ReplacingContract,
        ClaimContract,
        ClaimOrderContract,
        StartBeforeContract,
        FairShareContract,
        AttemptContract,
        FencingContract,
        EffectContract,
        EventLogContract,
        MembershipContract,
        RetentionContract,
        RetryContract,
        AnnounceContract,
        ListContract,
        OwnerReadsContract,
        BudgetContract,
        GateContract,
        QueueContract,
        GateModelContract {
  private final TestClock clock = TestClock.atNine();
  private @Nullable StoreHarness harness;
  private @Nullable TaskStore store;

  protected TaskStoreContract() {}

  /// A store with empty data; it may keep files in the folder.
  protected abstract StoreHarness newHarness(Path folder);

  @BeforeEach
  final void openStore(@TempDir Path folder) {
    harness = newHarness(folder);
    open();
  }

  private void open() {
    store = harness().open(clock);
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
  }

  @AfterEach
  final void closeStore() {
    store().close();
    harness().close();
  }

  @Override
  public final TestClock clock() {
    return clock;
  }

  @Override
  public final TaskStore store() {
    return opened(store);
  }

  @Override
  public final StoreHarness harness() {
    return opened(harness);
  }

  @Override
  public final void reopen() {
    store().close();
    open();
  }

  private static <T> T opened(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not open");
    }
    return value;
  }
}
