package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pupil's whole way: on the defaults of `./run`, and over a killed server.
final class JourneyIT {
  private static Chromium chromium;
  @TempDir private Path data;

  @BeforeAll
  static void open() {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void anEquationIsSolvedOfflineAndThePicturesAreTaken() throws Exception {
    try (ServerProcess server = ServerProcess.start(data);
        Pupil asha =
            Pupil.on(chromium.browser(), server, Pupil.desk(ColorScheme.LIGHT))
                .login("asha@demo.test")) {
      Page page = asha.page();
      assertThat(page.getByText("Hi Asha! What can I help with?")).isVisible();
      picture(page, "empty");

      asha.ask("Solve 2x + 3 = 11");
      assertThat(asha.answers().locator(".katex").first()).isVisible();
      assertThat(asha.answers()).containsText("x=4");
      picture(page, "answered");

      page.setViewportSize(390, 844);
      picture(page, "answered-narrow");
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
      picture(page, "answered-narrow-dark");
      page.setViewportSize(1200, 800);
      picture(page, "answered-dark");
      open(page, "/");
      open(page, "/nothing-is-here/");
      assertThat(asha.pageErrors()).isEmpty();
      try (Visitor nobody = Visitor.on(chromium.browser(), server, Pupil.phone(ColorScheme.DARK))) {
        open(nobody.page(), "/login/");
      }
    }
  }

  @Test
  void theServerIsKilledInTheMiddleOfAnAnswerAndThePageGoesOn() throws Exception {
    Gate gate = Gate.closed();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        ServerProcess server =
            ServerProcess.start(
                data,
                "--handoff.ai.provider=openai",
                "--handoff.ai.base-url=" + model.baseUrl(),
                "--handoff.ai.api-key=" + ScriptedModelServer.KEY);
        Pupil asha = Pupil.on(chromium.browser(), server).login("asha@demo.test")) {
      model.enqueue(
          ModelScript.streamed(gate, "Half of ", "it"),
          ModelScript.answer("The **whole** answer."));
      asha.ask("Tell me all");
      gate.pass();
      assertThat(asha.draft()).containsText("Half of");

      server.kill();
      server.start();

      assertThat(asha.answers())
          .containsText(
              "The whole answer.", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
      assertThat(asha.answers()).not().containsText("Half of");
      assertThat(asha.answers()).hasCount(1);
    }
  }

  private static void open(Page page, String path) throws Exception {
    page.navigate(path);
    assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
    AxeCheck.requireNothing(page, path);
  }

  // For people to look at; the README shows one of them.
  private static void picture(Page page, String name) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(folder.resolve("sat-buddy-" + name + ".png")));
    AxeCheck.requireNothing(page, name);
  }
}
