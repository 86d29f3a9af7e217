package dev.handoff.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Asks axe for what a page, as it is now, keeps from people who use it with the keyboard, a screen
/// reader or poor eyesight.
final class AxeCheck {
  private static final Path SCRIPT = Path.of("../web/node_modules/axe-core/axe.min.js");
  private static final String RUN =
      """
      () => axe.run(document, { resultTypes: ['violations'], preload: false })
        .then(({ violations }) => violations.map(({ id, nodes }) =>
          `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`))
      """;

  private AxeCheck() {}

  /// Fails if there is anything. A page whose clock stands still is not asked: axe would wait.
  static void requireNothing(Page page, String name) throws IOException {
    if (Boolean.TRUE.equals(page.evaluate("() => '__pwClock' in globalThis"))) {
      return;
    }
    if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in globalThis"))) {
      page.evaluate(Files.readString(SCRIPT));
    }
    assertThat((Iterable<?>) page.evaluate(RUN)).as("axe on " + name).isEmpty();
  }
}
