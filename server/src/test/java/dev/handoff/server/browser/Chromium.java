package dev.handoff.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The system's Chromium, driven by Playwright; nothing is downloaded.
final class Chromium implements AutoCloseable {
  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(
                      Path.of(
                          Objects.requireNonNullElse(
                              System.getenv("HANDOFF_CHROMIUM"), "/usr/bin/chromium")))
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));

  Browser browser() {
    return browser;
  }

  /// Ends a visitor's browser. First it leaves its pages, or what a test still holds up would go on
  /// to the server when let go, and be done during the next test. Then nothing is held up any more:
  /// a request that comes to a handler while the context closes makes the driver fail.
  static void leave(BrowserContext context) {
    context.pages().forEach(page -> page.navigate("about:blank"));
    context.pages().forEach(Page::unrouteAll);
    context.unrouteAll();
    context.close();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
