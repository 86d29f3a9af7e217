package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pupil with more tabs of the chat than a browser opens connections to a server over HTTP/1.1,
/// which are six. The AI takes as long as the test wants.
final class TabsBrowserIT {
  /// Longer than a tab takes to notice that the one that reads for it stands still.
  private static final double PATIENCE = 30_000;

  @TempDir private static Path data;
  private static Chromium chromium;
  private static ScriptedModelServer model;
  private static ServerProcess server;
  private final AtomicInteger streams = new AtomicInteger();
  private Pupil asha;

  @BeforeAll
  static void start() throws Exception {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    model = ScriptedModelServer.start();
    server =
        ServerProcess.start(
            data,
            "--handoff.ai.provider=openai",
            "--handoff.ai.base-url=" + model.baseUrl(),
            "--handoff.ai.api-key=" + ScriptedModelServer.KEY,
            // A page waits for sixty polls. The AI is silent while the tabs open.
            "--handoff.systems.sat-buddy.poll-every=5s",
            "--handoff.systems.sat-buddy.run-limit=5m",
            "--handoff.ai.timeout=5m",
            "--handoff.systems.sat-buddy.cache-for=0s");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    model.close();
    chromium.close();
  }

  @BeforeEach
  void login() {
    model.clear();
    asha = Pupil.on(chromium.browser(), server);
    asha.page().context().onRequest(this::count);
    asha.login("asha@demo.test");
  }

  @AfterEach
  void leave() {
    asha.close();
  }

  private void count(Request request) {
    boolean isStream = request.headers().getOrDefault("accept", "").startsWith("text/event-stream");
    streams.addAndGet(isStream ? 1 : 0);
  }

  @Test
  void eightTabsWithAQuestionEach() {
    Gate gate = Gate.closed();
    List<Page> tabs = openTabs(8);
    for (int tab = 0; tab < tabs.size(); tab++) {
      model.enqueue(ModelScript.streamed(gate, "Number ", "one"));
      ask(tabs.get(tab), "Question " + tab);
      assertThat(waiting(tabs.get(tab))).isVisible();
    }
    tabs.forEach(TabsBrowserIT::callsTheServer);

    Page last = tabs.removeLast();
    stop(last).click();
    assertThat(waiting(last)).isHidden();
    gate.openForAll();

    tabs.forEach(tab -> showsWhenLookedAt(tab, "Number one"));
  }

  @Test
  void twentyTabsWithTheSameQuestionAndTheOneThatReadsCrashes() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, "First, ", "second, ", "third."));
    asha.ask("Take your time");
    assertThat(asha.waiting()).isVisible();
    List<Page> tabs = openTabs(20);
    tabs.forEach(tab -> assertThat(waiting(tab)).isVisible());
    tabs.forEach(TabsBrowserIT::callsTheServer);
    gate.pass();
    tabs.forEach(tab -> assertThat(draft(tab)).containsText("First,"));
    assertThat(streams).hasValue(1);

    crash(tabs.removeFirst());
    gate.pass();
    tabs.forEach(tab -> assertThat(draft(tab)).containsText("First, second,"));
    assertThat(streams).hasValue(2);
    gate.openForAll();

    tabs.forEach(tab -> showsWhenLookedAt(tab, "First, second, third."));
  }

  @Test
  void aTabThatStandsStillHoldsUpNobody() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, "First, ", "second."));
    asha.ask("Take your time");
    List<Page> tabs = openTabs(3);
    gate.pass();
    tabs.forEach(tab -> assertThat(draft(tab)).containsText("First,"));

    freeze(tabs.removeFirst());
    gate.openForAll();

    tabs.forEach(tab -> showsWhenLookedAt(tab, "First, second."));
  }

  @Test
  void oneTabCancelsForAll() {
    model.enqueue(ModelScript.hang(Gate.closed()));
    asha.ask("Never mind");
    assertThat(asha.waiting()).isVisible();
    List<Page> tabs = openTabs(8);
    tabs.forEach(tab -> assertThat(waiting(tab)).isVisible());

    stop(tabs.getLast()).click();

    tabs.forEach(tab -> assertThat(waiting(tab)).isHidden());
  }

  /// The pupil's first tab, and others beside it.
  private List<Page> openTabs(int count) {
    List<Page> tabs = new ArrayList<>(List.of(asha.page()));
    while (tabs.size() < count) {
      Page tab = asha.page().context().newPage();
      tab.setDefaultTimeout(PATIENCE);
      tab.navigate(asha.page().url());
      assertThat(messageBox(tab)).isVisible();
      tabs.add(tab);
    }
    return tabs;
  }

  private static void callsTheServer(Page tab) {
    Object status =
        tab.evaluate(
            "async () => (await fetch('/api/v1/tasks?limit=1',"
                + " { signal: AbortSignal.timeout(10_000) })).status");
    assertThat(status).isEqualTo(200);
  }

  private static void showsWhenLookedAt(Page tab, String answer) {
    tab.bringToFront();
    Locator answers =
        tab.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText(answer));
    assertThat(answers.last())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    assertThat(waiting(tab)).isHidden();
  }

  private static void ask(Page tab, String question) {
    messageBox(tab).fill(question);
    messageBox(tab).press("Enter");
  }

  private static Locator messageBox(Page tab) {
    return tab.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message"));
  }

  private static Locator waiting(Page tab) {
    return tab.getByRole(
        AriaRole.STATUS, new Page.GetByRoleOptions().setName("SAT Buddy is answering"));
  }

  private static Locator draft(Page tab) {
    return tab.getByTestId("draft");
  }

  private static Locator stop(Page tab) {
    return tab.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop").setExact(true));
  }

  private static void crash(Page tab) {
    try {
      tab.navigate("chrome://crash", new Page.NavigateOptions().setTimeout(2_000));
    } catch (PlaywrightException expected) {
      // The page is gone, so nothing answers.
    }
    tab.close();
  }

  private static void freeze(Page tab) {
    JsonObject frozen = new JsonObject();
    frozen.addProperty("state", "frozen");
    tab.context().newCDPSession(tab).send("Page.setWebLifecycleState", frozen);
  }
}
