package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A pupil with a browser of their own, on SAT Buddy's page. Things are found as a person, or a
/// screen reader, finds them.
final class Pupil implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> pageErrors = new ArrayList<>();

  private Pupil(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(pageErrors::add);
  }

  static Pupil on(Browser browser, ServerProcess server) {
    return on(browser, server, new Browser.NewContextOptions());
  }

  static Pupil on(Browser browser, ServerProcess server, Browser.NewContextOptions options) {
    return new Pupil(browser.newContext(options.setBaseURL(server.url("").toString())));
  }

  static Browser.NewContextOptions phone(ColorScheme scheme) {
    return new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(scheme);
  }

  static Browser.NewContextOptions desk(ColorScheme scheme) {
    return new Browser.NewContextOptions().setViewportSize(1200, 800).setColorScheme(scheme);
  }

  Page page() {
    return page;
  }

  /// Opens the chat, is sent to the login, and comes back to the chat.
  Pupil login(String username) {
    page.navigate("/ai/chat/");
    page.waitForURL(Pattern.compile(".*/login/\\?next=.*"));
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill("handoff");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in").setExact(true))
        .click();
    page.waitForURL(Pattern.compile(".*/ai/chat/$"));
    assertThat(messageBox()).isVisible();
    return this;
  }

  Locator messageBox() {
    return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message"));
  }

  Pupil ask(String message) {
    messageBox().fill(message);
    messageBox().press("Enter");
    return this;
  }

  /// Three dots, and whatever has come of the answer.
  Locator waiting() {
    return page.getByRole(
        AriaRole.STATUS, new Page.GetByRoleOptions().setName("SAT Buddy is answering"));
  }

  Locator draft() {
    return page.getByTestId("draft");
  }

  Locator messages() {
    return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages"));
  }

  Locator answers() {
    return messages()
        .getByRole(
            AriaRole.ARTICLE, new Locator.GetByRoleOptions().setName("SAT Buddy").setExact(true));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// Scripts of the page that failed.
  List<String> pageErrors() {
    return pageErrors;
  }

  @Override
  public void close() {
    Chromium.leave(context);
  }
}
