package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of prompt generation, against a scripted provider that speaks the real wire.
final class PromptBrowserIT {
  @TempDir private static Path data;
  private static BrowserFixture stage;
  private static ScriptedModelServer model;
  private Visitor visitor;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    stage =
        BrowserFixture.start(
            data,
            "--handoff.systems.prompt-generation.poll-every=500ms",
            "--handoff.systems.prompt-generation.poll-for=4s",
            "--handoff.systems.prompt-generation.purchase-url=/shop/tokens");
    model = stage.model();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void open() {
    model.clear();
    visitor =
        stage.visitor(
            Pupil.desk(ColorScheme.LIGHT)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    page = visitor.page();
  }

  @AfterEach
  void leave() {
    assertThat(visitor.pageErrors()).isEmpty();
    visitor.close();
  }

  private void login(String username) {
    var _ = visitor.login(username, "/web-knowledge/prompt/");
    assertThat(notes()).isVisible();
  }

  private Locator notes() {
    return page.getByPlaceholder("Enter your manual prompt...");
  }

  private Locator button(String name) {
    return visitor.button(name);
  }

  private void generate(String text) {
    notes().fill(text);
    button("Generate AI Prompt").click();
  }

  @Test
  void showsEachStepLocksTheNotesAndCopiesThePrompt() throws Exception {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, "You are the assistant of a bakery.\n", "Tel 555."));
    login("owner@demo.test");
    assertThat(button("Generate AI Prompt")).isDisabled();
    pictures("empty");

    generate("bakery, open 8-17, tel 555");

    assertThat(page.getByText("70% - Waiting for AI response...")).isVisible();
    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("aria-valuenow", "70");
    assertThat(button("Generating...")).isDisabled();
    assertThat(notes()).isDisabled();
    pictures("running");
    gate.openForAll();
    assertThat(page.getByText("Generated Prompt:")).isVisible();
    assertThat(page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true)))
        .hasText("You are the assistant of a bakery. Tel 555.");
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    button("Copy to Clipboard").click();
    assertThat(button("Copied")).isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("You are the assistant of a bakery.\nTel 555.");
    assertThat(notes()).isEnabled();
    assertThat(page.getByTestId("balance")).not().containsText("100,000 tokens");
    pictures("done");
    button("Add them").click();
    Locator prompt = page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true));
    assertThat(prompt).containsText("## Also from the notes\n- bakery, open 8-17, tel 555");
    assertThat(prompt).isFocused();
    assertThat(page.getByRole(AriaRole.NOTE).filter(facts())).hasCount(0);
  }

  private static Locator.FilterOptions facts() {
    return new Locator.FilterOptions().setHasText("your notes mention facts");
  }

  @Test
  void savesPromptsUnderNamesWithVersions() throws Exception {
    model.enqueue(ModelScript.answer("You serve tea.\nBe kind."));
    login("exact@demo.test");
    assertThat(notes()).isEmpty();
    generate("tea, tel 555 12 34");
    assertThat(page.getByText("Generated Prompt:")).isVisible();
    assertThat(page.getByRole(AriaRole.NOTE).filter(facts())).containsText("555 12 34");
    // That one took most of them.
    assertThat(page.getByText("Insufficient tokens. Required: 700, Available: 617")).isVisible();

    button("Save").click();
    assertThat(page.getByLabel("Name")).isFocused();
    page.getByLabel("Name").fill("Tea room");
    pictures("saving");
    button("Save prompt").click();
    assertThat(page.getByText("Saved as “Tea room”.")).isVisible();

    page.evaluate("localStorage.clear()");
    page.reload();
    assertThat(notes()).isEmpty();
    page.getByText("Tea room").click();
    assertThat(page.getByLabel("Version 1")).containsText("You serve tea.");
    button("Edit").click();
    page.getByLabel("Text of the prompt").fill("You serve green tea.\nBe kind.");
    button("Save as version 2").click();
    assertThat(page.getByLabel("Version 2")).containsText("You serve green tea.");
    page.getByLabel("Compare with").selectOption("1");
    assertThat(page.getByLabel("Version 1").locator("mark")).hasText("You serve tea.");
    assertThat(page.getByLabel("Version 2").locator("mark")).hasText("You serve green tea.");
    pictures("versions");
    button("Delete").click();
    button("Delete prompt").click();
    assertThat(page.getByText("Saved prompts")).hasCount(0);
  }

  @Test
  void makesSeveralAtOnceAndTellsHowLongTheyTook() throws Exception {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.answer("You serve bread."), ModelScript.hang(gate));
    login("owner@demo.test");
    page.getByLabel(Pattern.compile("^Several prompts at once.*")).check();

    generate("bakery\n---\nflorist");

    assertThat(page.getByText("Generated Prompt:")).hasCount(1);
    assertThat(page.getByText("70% - Waiting for AI response...")).hasCount(1);
    assertThat(notes()).isDisabled();
    pictures("batch");
    page.reload();
    assertThat(page.getByText("Generated Prompt:")).hasCount(1);
    model.enqueue(ModelScript.answer("You sell flowers."));
    gate.openForAll();
    assertThat(page.getByText("Generated Prompt:")).hasCount(2);
    page.getByText("How long it takes").click();
    assertThat(page.getByText("Waiting for the AI")).isVisible();
    pictures("batch-done");
  }

  @Test
  void takesAnEarlierPromptWhenAllowed() {
    model.enqueue(ModelScript.answer("You mend shoes."));
    login("owner@demo.test");
    generate("cobbler");
    assertThat(page.getByText("Generated Prompt:")).isVisible();
    int asked = model.requests().size();
    page.getByLabel(Pattern.compile("^Take the prompt I got.*")).check();

    button("Generate AI Prompt").click();

    assertThat(page.getByText("You mend shoes.")).isVisible();
    assertThat(button("Generate AI Prompt")).isEnabled();
    assertThat(model.requests().size()).isEqualTo(asked);
  }

  @Test
  void warnsWhenNoAiWroteIt() throws Exception {
    model.enqueue(ModelScript.serverError());
    login("owner@demo.test");

    generate("<b>bakery</b>");

    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText(
            "AI generation failed, using simple combination. "
                + "The AI provider has a problem. Please try again later.");
    assertThat(page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true)))
        .containsText("<b>bakery</b>");
    pictures("fallback");
    model.enqueue(ModelScript.answer("You sell bread."));
    button("Make it again with the AI").click();
    assertThat(page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true)))
        .hasText("You sell bread.");
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
  }

  @Test
  void hasSeveralMadeAgainWithTheAi() throws Exception {
    model.enqueue(ModelScript.serverError(), ModelScript.serverError());
    login("owner@demo.test");
    page.getByLabel(Pattern.compile("^Several prompts at once.*")).check();
    generate("greengrocer\n---\nbutcher");
    assertThat(page.getByText("2 prompts were made without the AI.")).isVisible();
    pictures("batch-fallback");

    model.enqueue(ModelScript.answer("You sell fruit."), ModelScript.answer("You sell meat."));
    button("Make them again with the AI").click();

    assertThat(page.getByText("You sell fruit.")).isVisible();
    assertThat(page.getByText("You sell meat.")).isVisible();
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    assertThat(page.getByText("2 prompts were made without the AI.")).hasCount(0);
    // What is kept are the new ones.
    page.reload();
    assertThat(page.getByText("You sell fruit.")).isVisible();
  }

  @Test
  void offersTokensWhenThereAreTooFew() throws Exception {
    login("low@demo.test");
    Locator reason = page.getByRole(AriaRole.NOTE);
    assertThat(reason).containsText("Insufficient tokens. Required: 700, Available: 699");
    notes().fill("bakery");
    assertThat(button("Generate AI Prompt")).isDisabled();
    pictures("too-few");
    // An earlier prompt costs none.
    page.getByLabel(Pattern.compile("^Take the prompt I got.*")).check();
    assertThat(button("Generate AI Prompt")).isEnabled();

    // The page does not know yet that they are gone.
    pretend("\"tokens_remaining\":699", "\"tokens_remaining\":900");
    page.reload();
    generate("bakery");

    assertThat(page.getByText("Generation Failed")).isVisible();
    assertThat(page.getByText("Insufficient tokens. Required: 700, Available: 699")).isVisible();
    assertThat(button("Try Again")).isVisible();
    assertThat(
            page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("Purchase More Tokens")))
        .hasAttribute("href", "/shop/tokens");
    pictures("tokens");
    button("Try Again").click();
    assertThat(page.getByText("Generation Failed")).isVisible();
  }

  @Test
  void offersASubscriptionWhenThereIsNone() throws Exception {
    login("expired@demo.test");
    assertThat(page.getByRole(AriaRole.NOTE))
        .hasText("Subscription has expiredPlease ask whoever runs this server.");
    notes().fill("bakery");
    assertThat(button("Generate AI Prompt")).isDisabled();
    pretend("\"days_remaining\":0", "\"days_remaining\":9");
    page.reload();
    generate("bakery");

    assertThat(page.getByText("Subscription has expired")).isVisible();
    button("Upgrade Subscription").click();
    assertThat(page.getByText("This server has no shop. Please ask whoever runs it.")).isVisible();
    pictures("subscription");
  }

  @Test
  void stopsLookingWhenThePageIsLeftAndGoesOnWhenOpenedAgain() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));
    page.clock().install();
    login("owner@demo.test");
    List<String> looks = new CopyOnWriteArrayList<>();
    page.onRequest(request -> {
      if (request.url().contains("/generate-prompt-async/status/")) {
        looks.add(request.url());
      }
    });
    generate("bakery");
    assertThat(page.getByText("70% - Waiting for AI response...")).isVisible();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Handoff")).click();
    assertThat(page.getByText("Slow AI work, handed off.")).isVisible();
    int seen = looks.size();
    page.clock().fastForward(60_000);
    assertThat(page.getByText("Logged in as owner@demo.test")).isVisible();
    assertThat(looks).hasSize(seen);

    gate.openForAll();
    page.goBack();
    assertThat(page.getByText("Generated Prompt:")).isVisible();
  }

  @Test
  void saysWhenItTakesTooLongAndLooksAgain() throws Exception {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));
    login("owner@demo.test");
    generate("bakery");

    assertThat(page.getByText("This is taking longer than expected")).isVisible();
    pictures("late");
    gate.openForAll();
    button("Check again").click();
    assertThat(page.getByText("Generated Prompt:")).isVisible();
  }

  @Test
  void repeatsALookThreeTimesAndSaysWhenATaskExpired() throws Exception {
    login("owner@demo.test");
    AtomicInteger looks = new AtomicInteger();
    page.route(
        "**/generate-prompt-async/status/**",
        route -> {
          if (looks.incrementAndGet() == 1) {
            route.abort();
          } else {
            route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(404)
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"status":"not_found",\
                        "message":"Task not found. It may have expired or never existed."}\
                        """));
          }
        });
    generate("bakery");

    assertThat(page.getByText("Task not found. It may have expired or never existed.")).isVisible();
    pictures("expired");
    assertThat(looks.get()).isEqualTo(2);
    page.unroute("**/generate-prompt-async/status/**");
    button("Start again").click();
    assertThat(page.getByText("Generated Prompt:")).isVisible();
  }

  @Test
  void withoutAnAiTheNotesAreArrangedAndThePageSaysSo(@TempDir Path folder) throws Exception {
    try (ServerProcess offline = ServerProcess.start(folder)) {
      page.navigate(offline.url("/web-knowledge/prompt/").toString());
      page.getByLabel("Username").fill("owner@demo.test");
      page.getByLabel("Password").fill("handoff");
      button("Log in").click();
      assertThat(page.getByText(Pattern.compile("^Offline mode:.*"))).isVisible();

      generate(
          "Trattoria Lucia, open Tue-Sun 17-23, tel 555 12 34\nMarket Street 4\nbe warm and brief");

      assertThat(page.getByRole(AriaRole.ALERT))
          .hasText("No AI is connected to this server: your notes were arranged by fixed rules");
      assertThat(page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true)))
          .containsText("## Opening hours\n- open Tue-Sun 17-23");
      assertThat(page.getByTestId("balance")).containsText("100,000 tokens remaining");
      pictures("offline");
    }
  }

  @Test
  void cancels() throws Exception {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));
    login("owner@demo.test");
    generate("bakery");
    assertThat(page.getByText("70% - Waiting for AI response...")).isVisible();

    button("Cancel").click();

    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
    assertThat(page.getByText("Prompt generation was cancelled. No tokens were taken."))
        .isVisible();
    assertThat(button("Generate AI Prompt")).isEnabled();
    pictures("cancelled");
    await().until(() -> model.openCalls() == 0);
    gate.openForAll();
  }

  // What the page is told of the subscription is out of date.
  private void pretend(String truth, String old) {
    page.route(
        "**/web-knowledge/subscription/",
        route -> {
          String told = route.fetch().text();
          assertThat(told).contains(truth);
          route.fulfill(
              new com.microsoft.playwright.Route.FulfillOptions()
                  .setContentType("application/json")
                  .setBody(
                      told.replace(truth, old)
                          .replace("\"is_active\":false", "\"is_active\":true")));
        });
  }

  private void pictures(String name) throws Exception {
    Screenshots.take(page, "prompt-" + name);
  }
}
