package dev.handoff.server.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Pictures of pages for people to look at, under `target/pictures`: wide and narrow, light and
/// dark, and never half-way between two states. What is shown has to pass [AxeCheck].
final class Screenshots {
  private static final String SETTLED =
      """
      () => document.fonts.ready.then(() => Promise.all(
        document.getAnimations()
          .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
          .map((one) => one.finished.catch(() => {}))))
      """;

  private Screenshots() {}

  /// Takes all four of what this page shows now, and leaves it as it was.
  static void take(Page page, String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    ViewportSize before = page.viewportSize();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme)
              .setReducedMotion(ReducedMotion.REDUCE));
      for (int width : new int[] {1280, 375}) {
        page.setViewportSize(width, 860);
        page.evaluate(SETTLED);
        String look = scheme.name().toLowerCase(Locale.ROOT);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(folder.resolve("%s-%s-%d.png".formatted(name, look, width)))
                .setFullPage(true));
      }
      AxeCheck.requireNothing(page, name + " " + scheme);
    }
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(ColorScheme.LIGHT)
            .setReducedMotion(ReducedMotion.NO_PREFERENCE));
    page.setViewportSize(before.width, before.height);
  }
}
