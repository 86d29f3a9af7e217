package dev.handoff.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An exam student with a browser of their own, on the pages of the zone insights.
final class Candidate implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> pageErrors = new ArrayList<>();

  private Candidate(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(pageErrors::add);
  }

  static Candidate on(Browser browser, ServerProcess server, Browser.NewContextOptions options) {
    return new Candidate(browser.newContext(options.setBaseURL(server.url("").toString())));
  }

  Page page() {
    return page;
  }

  /// Opens a page, is sent to the login, and comes back.
  Candidate login(String username, String path) {
    page.navigate(path);
    page.waitForURL(Pattern.compile(".*/login/\\?next=.*"));
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill("handoff");
    button("Log in").click();
    page.waitForURL(Pattern.compile("^[^?]*" + path + "$"));
    return this;
  }

  /// Begins a test of these topics, with so many questions.
  Candidate begin(int questions, String... topics) {
    page.navigate("/tests/");
    for (String topic : topics) {
      page.getByLabel(topic, new Page.GetByLabelOptions().setExact(true)).check();
    }
    page.getByRole(AriaRole.SPINBUTTON, new Page.GetByRoleOptions().setName("Questions"))
        .fill(Integer.toString(questions));
    button("Start test").click();
    page.waitForURL(Pattern.compile(".*/test/\\d+/$"));
    button("Submit test").waitFor();
    return this;
  }

  Candidate choose(int option) {
    page.getByRole(AriaRole.RADIO).nth(option).check();
    return this;
  }

  Candidate submit() {
    button("Submit test").click();
    button("Submit Test").click();
    return this;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  /// Scripts of the page that failed.
  List<String> pageErrors() {
    return pageErrors;
  }

  @Override
  public void close() {
    context.close();
  }
}
