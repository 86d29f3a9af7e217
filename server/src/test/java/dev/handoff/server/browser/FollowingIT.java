package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page that follows a task with the browser kit, through everything that comes in between: not
/// one event is missing, doubled or out of order.
final class FollowingIT {
  private static final String[] PIECES =
      IntStream.rangeClosed(1, 30).mapToObj(n -> "piece-" + n + " ").toArray(String[]::new);

  private static Chromium chromium;
  @TempDir private Path data;

  @BeforeAll
  static void open() {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void followsOverAKilledServerACutNetworkAReloadAndInASecondTab() throws Exception {
    Gate first = Gate.closed();
    Gate second = Gate.closed();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        ServerProcess server =
            ServerProcess.start(
                data,
                "--handoff.ai.provider=openai",
                "--handoff.ai.base-url=" + model.baseUrl(),
                "--handoff.ai.api-key=" + ScriptedModelServer.KEY);
        CuttableProxy cable = CuttableProxy.to(server);
        BrowserFollower asha = BrowserFollower.on(chromium.browser(), server, cable)) {
      model.enqueue(
          ModelScript.streamed(first, "lost-1 ", "lost-2 ", "lost-3 "),
          ModelScript.streamed(second, PIECES));
      String task = asha.ask("Tell me all");
      Page page = asha.openPage();
      List<String> errors = new ArrayList<>();
      page.onPageError(errors::add);
      first.pass(2);
      shows(page, "lost-2");

      server.kill();
      assertThat(page.locator("details[data-connection=interrupted]")).isVisible();
      server.start();
      second.pass(10);
      // The other process's attempt is given up once its lease has run out.
      shows(page, "piece-10", Duration.ofSeconds(60));

      asha.cutNetwork();
      Object since = page.evaluate("performance.now()");
      int before = asha.lastEvent(task);
      second.pass(10);
      await().atMost(Duration.ofSeconds(20)).until(() -> asha.lastEvent(task) > before);
      page.waitForFunction("since => performance.now() - since > 10_000", since);
      assertThat(BrowserFollower.events(page)).not().containsText("piece-20");
      asha.mendNetwork();
      shows(page, "piece-20", Duration.ofSeconds(5));

      page.reload();
      shows(page, "piece-20");
      Page tab = asha.openPage();
      shows(tab, "piece-20");
      second.openForAll();
      shows(page, "taskCompleted");
      shows(tab, "taskCompleted");

      List<String> log = asha.logOf(task);
      assertThat(String.join("\n", log)).contains("piece-30").contains("lost-2");
      assertThat(BrowserFollower.seenOn(page)).isEqualTo(log);
      assertThat(BrowserFollower.seenOn(tab)).isEqualTo(log);
      assertThat(errors).isEmpty();
    }
  }

  private static void shows(Page page, String text) {
    shows(page, text, Duration.ofSeconds(15));
  }

  private static void shows(Page page, String text, Duration within) {
    assertThat(BrowserFollower.events(page))
        .containsText(
            text,
            new LocatorAssertions.ContainsTextOptions().setTimeout((double) within.toMillis()));
  }
}
