package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A pupil or a teacher with a browser of their own, on the pages of the team evaluation. Things
/// are found as a person, or a screen reader, finds them.
final class SchoolMember implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> pageErrors = new ArrayList<>();

  private SchoolMember(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(pageErrors::add);
  }

  static SchoolMember on(Browser browser, ServerProcess server) {
    return new SchoolMember(
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(server.url("").toString())
                .setViewportSize(1200, 900)
                .setLocale("nl-NL")
                .setColorScheme(ColorScheme.LIGHT)));
  }

  Page page() {
    return page;
  }

  /// Scripts of the page that failed.
  List<String> pageErrors() {
    return pageErrors;
  }

  /// Opens the pages, is sent to the login, and comes back.
  SchoolMember login(String username) {
    page.navigate("/evaluaties/");
    page.waitForURL(Pattern.compile(".*/login/\\?next=.*"));
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill("handoff");
    button("Log in").click();
    page.waitForURL(Pattern.compile(".*/evaluaties/$"));
    assertThat(heading("Evaluaties")).isVisible();
    return this;
  }

  void logout() {
    context.clearCookies();
  }

  void openEvaluation() {
    link("Project Duurzame Stad").click();
    page.waitForURL(Pattern.compile(".*/evaluaties/123/$"));
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  Locator badge() {
    return page.getByTestId("badge");
  }

  Locator summary() {
    return page.getByTestId("samenvatting");
  }

  /// What a teacher's last order came to.
  Locator totals() {
    return page.getByTestId("totals");
  }

  Locator rows() {
    return page.getByRole(AriaRole.ROW);
  }

  /// A pupil in the table of the class.
  Locator row(String name) {
    return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(name));
  }

  void filter(String name) {
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name).setExact(true))
        .check(new Locator.CheckOptions().setForce(true));
  }

  /// For people to look at: wide and narrow, light and dark.
  void pictures(String name) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme)
              // Nothing is caught half-way.
              .setReducedMotion(ReducedMotion.REDUCE));
      for (int width : new int[] {1200, 390}) {
        page.setViewportSize(width, 900);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
            .as("%s at %d is no wider than the window", name, width)
            .isLessThanOrEqualTo(0);
        String look = scheme.name().toLowerCase(Locale.ROOT);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(folder.resolve("team-%s-%s-%d.png".formatted(name, look, width))));
      }
    }
    page.setViewportSize(1200, 900);
  }

  @Override
  public void close() {
    Chromium.leave(context);
  }
}
