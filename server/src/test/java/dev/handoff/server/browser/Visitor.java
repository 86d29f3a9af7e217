package dev.handoff.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody with a browser of their own. Things are found as a person, or a screen reader, finds
/// them.
final class Visitor implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> pageErrors = new ArrayList<>();

  private Visitor(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(pageErrors::add);
  }

  static Visitor on(Browser browser, ServerProcess server, Browser.NewContextOptions options) {
    return new Visitor(browser.newContext(options.setBaseURL(server.url("").toString())));
  }

  Page page() {
    return page;
  }

  /// Opens a page, is sent to the login, and comes back.
  Visitor login(String username, String path) {
    page.navigate(path);
    page.waitForURL(Pattern.compile(".*/login/\\?next=.*"));
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill("handoff");
    button("Log in").click();
    page.waitForURL(Pattern.compile("^[^?]*" + path + "$"));
    return this;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
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
