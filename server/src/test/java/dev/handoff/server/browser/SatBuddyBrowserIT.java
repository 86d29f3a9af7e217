package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SAT Buddy's page against a provider that speaks the real wire, scripted so that each test
/// decides what comes when.
final class SatBuddyBrowserIT {
  private static final String QUESTION =
      """
      ```json
      {"question": "If \\\\(3x + 2 = 11\\\\), what is \\\\(x\\\\)?",
       "options": {"A": "2", "B": "3", "C": "4", "D": "5",},
       "correct_answer": "B", "explanation": "Subtract 2, divide by 3."}
      ```
      """;
  private static final byte[] PIXEL =
      java.util.Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  @TempDir private static Path data;
  private static Chromium chromium;
  private static ScriptedModelServer model;
  private static ServerProcess server;
  private Pupil asha;

  @BeforeAll
  static void start() throws Exception {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    model = ScriptedModelServer.start();
    server =
        ServerProcess.start(
            data,
            "--handoff.ai.provider=openai",
            "--handoff.ai.base-url=" + model.baseUrl(),
            "--handoff.ai.api-key=" + ScriptedModelServer.KEY,
            "--handoff.systems.sat-buddy.poll-every=150ms",
            "--handoff.systems.sat-buddy.retry-wait=1s",
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
    asha = Pupil.on(chromium.browser(), server).login("asha@demo.test");
  }

  @AfterEach
  void leave() {
    assertThat(asha.pageErrors()).isEmpty();
    asha.close();
  }

  @Test
  void showsTokensAsTheyComeAndTheWholeAnswerInTheEnd() {
    Gate gate = Gate.closed();
    model.enqueue(
        ModelScript.streamed(gate, "The **slope** ", "is \\(\\frac{1}{2}\\)", ", is it not?"));

    asha.ask("What is the slope?");
    assertThat(asha.waiting()).isVisible();
    gate.pass();
    assertThat(asha.draft()).containsText("The slope");
    assertThat(asha.answers()).hasCount(0);
    gate.pass(2);

    assertThat(asha.answers()).hasCount(1);
    assertThat(asha.answers().locator("strong")).hasText("slope");
    assertThat(asha.answers().locator(".katex")).hasCount(1);
    assertThat(asha.waiting()).isHidden();
  }

  @Test
  void drawsFormulasAndTablesAsModelsWriteThemAndNoHalfFormulaMeanwhile() {
    String answer =
        """
        You pay \\($4 + $8 = $12\\), so $x = \\frac{1}{2}$; it costs $4 today and $8 tomorrow.

        \\[
        \\begin{aligned}
        3x + 1 &= 10 \\\\[4pt]
        x &= 3 % done
        \\end{aligned}
        \\]

        f | at 2
        ---|---
        \\(|x|\\) | one<br>two

        End <b>here</b>.
        """;
    Gate gate = Gate.closed();
    String[] pieces = answer.split("(?s)(?<=\\G.{9})");
    model.enqueue(ModelScript.streamed(gate, pieces));

    asha.ask("Show me all");
    for (int piece = 0; piece < pieces.length - 1; piece++) {
      gate.pass();
      assertThat(asha.draft().locator(".katex-error, .formula-source")).hasCount(0);
    }
    assertThat(asha.draft()).containsText("two");
    gate.openForAll();

    assertThat(asha.answers().locator(".katex")).hasCount(4);
    assertThat(asha.answers().locator(".katex-display")).hasCount(1);
    assertThat(asha.answers().locator(".katex-error, .formula-source")).hasCount(0);
    assertThat(asha.answers().locator("td")).hasCount(2);
    assertThat(asha.answers().locator("td br")).hasCount(1);
    assertThat(asha.answers()).containsText("it costs $4 today and $8 tomorrow.");
    assertThat(asha.answers()).containsText("End <b>here</b>.");
  }

  @Test
  void showsMarkdownTablesAndNeverRunsScripts() {
    model.enqueue(
        ModelScript.answer(
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>window.hacked = true</script>"
                + "<img src=x onerror='window.hacked = true'>"));

    asha.ask("Show me a table");

    assertThat(asha.answers().locator("table td")).hasCount(2);
    assertThat(asha.answers()).containsText("<script>window.hacked = true</script>");
    assertThat(asha.page().evaluate("window.hacked")).isNull();
  }

  @Test
  void pollsSixtyTimesAndSaysSoWhenNothingIsLive() {
    Gate never = Gate.closed();
    model.enqueue(ModelScript.hang(never));
    AtomicInteger polls = new AtomicInteger();
    asha.page().route("**/api/v1/tasks/*/events*", Route::abort);
    asha.page().onRequest(request -> polls.addAndGet(isPoll(request) ? 1 : 0));

    asha.ask("Are you there?");

    assertThat(asha.page().getByText("Request timed out. Please try again."))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    assertThat(asha.waiting()).isHidden();
    // A poll that takes longer than its round leaves the next one out.
    assertThat(polls).hasValueBetween(40, 60);

    never.openForAll();
    asha.button("Check again").click();
    assertThat(asha.answers()).containsText("late");
  }

  private static boolean isPoll(Request request) {
    return request.url().contains("/ai/task/");
  }

  @Test
  void saysThatTheAiIsBusyWhileARateLimitedTaskWaits() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.rateLimited(), ModelScript.streamed(gate, "Here ", "I am."));

    asha.ask("Busy?");

    assertThat(asha.page().getByText("The AI is busy, trying again shortly")).isVisible();
    gate.openForAll();
    assertThat(asha.answers()).containsText("Here I am.");
  }

  @Test
  void saysWhatWentWrong() {
    model.enqueue(ModelScript.serverError());
    asha.ask("Break");
    assertThat(asha.page().getByText("Sorry, I encountered an error: ")).isVisible();

    asha.page().route("**/ai/chat/message/", Route::abort);
    asha.ask("Break again");
    assertThat(asha.page().getByText("Sorry, I encountered an error. Please try again."))
        .isVisible();
  }

  /// The limits of the page and of the server are a few seconds here; the answer takes longer.
  @Test
  void anAnswerThatTakesLongerThanTheLimitsIsReadToItsEnd() {
    Gate gate = Gate.every(Duration.ofSeconds(1));
    String[] pieces =
        "one two three four five six seven eight nine ten eleven twelve".split("(?<= )");
    model.enqueue(ModelScript.streamed(gate, pieces));

    asha.ask("Count slowly");

    assertThat(asha.answers())
        .containsText(
            "one two three four five six seven eight nine ten eleven twelve",
            new LocatorAssertions.ContainsTextOptions().setTimeout(40_000));
    assertThat(asha.page().getByText("Request timed out")).hasCount(0);
  }

  @Test
  void whatWasShownOfABrokenAnswerStaysAndGoesOn() {
    Gate gate = Gate.closed();
    model.enqueue(
        new ModelScript.RawScript(
            200,
            "text/event-stream",
            List.of(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"The slope is the \"}}]}\n\n",
                "data: {\"error\":{\"message\":\"gone\"}}\n\n"),
            gate));
    asha.ask("What is the slope?");
    gate.pass();
    assertThat(asha.draft()).containsText("The slope is the");
    gate.openForAll();

    assertThat(asha.answers().first()).containsText("The slope is the");
    assertThat(asha.page().getByText("Sorry, I encountered an error: ")).isVisible();

    model.enqueue(ModelScript.answer("**rise** over run."));
    asha.button("Continue").click();
    assertThat(asha.answers().last()).containsText("rise over run.");
    assertThat(model.requests().getLast().lastUserText()).contains("The slope is the");
  }

  @Test
  void aReloadInTheMiddleFindsTheAnswer() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, "First half, ", "second half."));
    asha.ask("Take your time");
    gate.pass();
    assertThat(asha.draft()).containsText("First half,");

    asha.page().reload();
    assertThat(asha.draft()).containsText("First half,");
    gate.pass();

    assertThat(asha.answers()).containsText("First half, second half.");
    assertThat(asha.answers()).hasCount(1);
  }

  @Test
  void aChatIsTheSameOnAnotherDeviceAndAnAnswerIsFinishedThoughNoPageIsOpen() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.answer("**Rise** over run."));
    model.enqueue(ModelScript.streamed(gate, "Two ", "points."));
    asha.ask("What is the slope of a device?");
    assertThat(asha.answers()).containsText("Rise over run.");
    asha.ask("And what gives one?");
    gate.pass();
    assertThat(asha.draft()).containsText("Two");
    asha.button("New chat").click();
    asha.button("Keep it running").click();
    assertThat(asha.answers()).hasCount(0);
    gate.openForAll();

    try (Pupil elsewhere = Pupil.on(chromium.browser(), server, Pupil.phone(ColorScheme.DARK))) {
      elsewhere.login("asha@demo.test");
      elsewhere.button("Chats and shortcuts").click();
      elsewhere.page().getByRole(AriaRole.SEARCHBOX).fill("slope of a device");
      elsewhere.button("What is the slope of a device?").click();
      assertThat(elsewhere.answers()).hasCount(2);
      assertThat(elsewhere.answers().last()).containsText("Two points.");
      elsewhere.page().reload();
      assertThat(elsewhere.answers()).hasCount(2);
    }
  }

  @Test
  void aChatIsRenamedDeletedAndHadBack() {
    model.enqueue(ModelScript.answer("**Yes**"));
    asha.ask("Shall this stay?");
    assertThat(asha.answers()).hasCount(1);
    asha.button("More about Shall this stay?").click();
    asha.page().getByRole(AriaRole.MENUITEM, named("Rename")).click();
    asha.page().getByLabel("New name of Shall this stay?").fill("My question");
    asha.page().keyboard().press("Enter");
    assertThat(asha.button("My question")).isVisible();

    asha.button("More about My question").click();
    asha.page().getByRole(AriaRole.MENUITEM, named("Delete")).click();
    assertThat(asha.page().getByText("“My question” was deleted.")).isVisible();
    assertThat(asha.button("My question")).hasCount(0);
    asha.button("Undo").click();
    asha.button("My question").click();

    assertThat(asha.answers()).containsText("Yes");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void aMessageIsChangedAndSentAgain() {
    model.enqueue(ModelScript.answer("**one**"), ModelScript.answer("**two**"));
    asha.ask("What is 1 + 0?");
    assertThat(asha.answers()).containsText("one");

    asha.button("Edit and send again").click();
    assertThat(asha.messageBox()).hasValue("What is 1 + 0?");
    asha.ask("What is 1 + 1?");

    assertThat(asha.answers()).containsText("two");
    assertThat(asha.answers()).hasCount(1);
    assertThat(asha.messages()).not().containsText("What is 1 + 0?");
    asha.page().reload();
    assertThat(asha.answers()).hasCount(1);
    assertThat(asha.answers()).containsText("two");
  }

  @Test
  void stopCancelsAndTheProviderSeesIt() {
    model.enqueue(ModelScript.hang(Gate.closed()));
    asha.ask("Never mind");
    await().atMost(Duration.ofSeconds(20)).until(() -> model.openCalls() == 1);

    asha.button("Stop").click();

    assertThat(asha.waiting()).isHidden();
    await().atMost(Duration.ofSeconds(20)).until(() -> model.openCalls() == 0);
  }

  @Test
  void anAttachedImageReachesTheAi() {
    model.enqueue(ModelScript.answer("A red dot."));
    asha.page()
        .locator("input[type=file]")
        .setInputFiles(new FilePayload("dot.png", "image/png", PIXEL));
    assertThat(asha.button("Remove dot.png")).isVisible();

    asha.messageBox().fill("What is this?");
    // Enabled once the upload is there.
    asha.button("Send message").click();

    assertThat(asha.answers()).containsText("A red dot.");
    assertThat(model.requests().getLast().images())
        .singleElement()
        .satisfies(image -> assertThat(image.bytes()).isEqualTo(PIXEL));
  }

  @Test
  void aLargeImageIsRefusedAtOnce() {
    asha.page()
        .locator("input[type=file]")
        .setInputFiles(new FilePayload("big.png", "image/png", new byte[6 << 20]));

    assertThat(asha.page().getByText("File size too large. Maximum 5MB allowed.")).isVisible();
  }

  @Test
  void aPracticeQuestionIsAskedAnsweredAndExplained() {
    model.enqueue(ModelScript.answer(QUESTION));
    asha.button("Generate question").click();
    assertThat(
            asha.page()
                .getByPlaceholder(
                    "Question Generation Mode: Describe the topic you want to practice..."))
        .isVisible();

    asha.ask("linear equations");
    assertThat(asha.page().getByText("SAT PRACTICE QUESTION")).isVisible();
    assertThat(asha.page().getByText("Type your answer (A, B, C, or D) or click an option above."))
        .isVisible();
    asha.ask("maybe");
    assertThat(
            asha.page()
                .getByText(
                    "Please enter A, B, C, or D", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    asha.ask("a");

    assertThat(asha.page().getByText("Incorrect")).isVisible();
    assertThat(asha.page().getByText("The correct answer is: B")).isVisible();
    assertThat(asha.page().getByText("Explanation:")).isVisible();
  }

  @Test
  void theRightOptionIsPraised() {
    model.enqueue(ModelScript.answer(QUESTION));
    asha.button("Generate question").click();
    asha.ask("linear equations");

    asha.page()
        .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Options"))
        .getByRole(AriaRole.BUTTON)
        .nth(1)
        .click();

    assertThat(asha.page().getByText("Correct!", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    assertThat(asha.page().getByText("Great job! You got it right.")).isVisible();
  }

  @Test
  void theLastTenMessagesGoAlong() {
    List<String> sent = new CopyOnWriteArrayList<>();
    asha.page()
        .onRequest(request -> {
          if (request.url().endsWith("/ai/chat/message/")) {
            sent.add(String.valueOf(request.postData()));
          }
        });
    for (int i = 1; i <= 7; i++) {
      model.enqueue(ModelScript.answer("**answer " + i + "**"));
      asha.ask("question " + i);
      assertThat(asha.answers()).hasCount(i);
    }

    assertThat(sent.getLast())
        .contains("question 2", "answer 2", "answer 6")
        .doesNotContain("question 1\"", "answer 1*");
  }
}
