package com.example.bookshop.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.plain.SlowApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An application is killed in the middle of a task, and starts slowly.
final class SlowStartTest {
  /// Longer than the lease of the process that was killed.
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  @TempDir private Path folder;

  @Test
  void noHandlerRunsBeforeItIsReadyAndNoneInAStartThatFails() throws Exception {
    List<String> classPath = PlainTest.plain();
    try (ShopProcess first =
        ShopProcess.start(
            folder, classPath, SlowApplication.class, "slow.submit=Asha", "slow.hold=true")) {
      first.awaitLine("IN THE MIDDLE");
    } // killed

    try (ShopProcess failing =
        ShopProcess.launch(
            folder, classPath, SlowApplication.class, "slow.wait=true", "slow.fail=true")) {
      failing.awaitLine("STARTING SLOWLY");
      handlesNothingFor(A_WHILE, failing);
      failing.sendByte();
      await().atMost(ShopProcess.PATIENCE).until(() -> !failing.isRunning());
      assertThat(failing.output()).contains("the slow part failed").doesNotContain("HANDLING");
    }

    try (ShopProcess again =
        ShopProcess.launch(folder, classPath, SlowApplication.class, "slow.wait=true")) {
      again.awaitLine("STARTING SLOWLY");
      handlesNothingFor(A_WHILE, again);
      again.sendByte();
      again.awaitLine("DONE hello Asha");
      assertThat(again.output()).doesNotContain("PAID");
    }
  }

  private static void handlesNothingFor(Duration time, ShopProcess application) {
    await()
        .during(time)
        .atMost(time.multipliedBy(4))
        .until(() -> !application.output().contains("HANDLING"));
  }
}
