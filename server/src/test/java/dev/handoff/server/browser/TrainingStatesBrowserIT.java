package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.handoff.server.Videos;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages of the training videos show while something is not there: the AI, the module, the
/// server, the disk.
final class TrainingStatesBrowserIT {
  private static final Pattern MODULE = Pattern.compile(".*/training/[0-9a-z]{25}(\\?.*)?$");

  @TempDir private static Path data;
  private static BrowserFixture stage;
  private Visitor trainer;

  @BeforeAll
  static void start() throws Exception {
    stage = BrowserFixture.start(data, "--handoff.systems.training-videos.retry-wait=50ms");
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void login() {
    stage.model().clear().byDefault(ModelScript.serverError());
    trainer = stage.visitor(Pupil.desk(ColorScheme.LIGHT)).login("trainer@demo.test", "/upload/");
  }

  @AfterEach
  void leave() {
    assertThat(trainer.pageErrors()).isEmpty();
    trainer.close();
  }

  private void upload(String name, byte[] video) {
    trainer
        .page()
        .getByLabel("Video files")
        .setInputFiles(new FilePayload(name, "video/mp4", video));
    trainer.page().waitForURL(MODULE);
  }

  @Test
  void aModuleMadeWithoutTheAiSaysSo() throws Exception {
    Page page = trainer.page();
    upload("forklift.mp4", Files.readAllBytes(Videos.silent()));

    assertThat(trainer.heading("forklift")).isVisible();
    assertThat(page.getByText("Training module ready (basic steps, AI unavailable)")).isVisible();
    assertThat(trainer.heading("1. Step 1: Training Process")).isVisible();
    page.route("**/api/ai/contextual-response", Route::abort);
    trainer.field("Your question").fill("Where are the brakes?");
    trainer.button("Ask").click();
    assertThat(page.getByText("The assistant could not answer. Please try again.")).isVisible();
    page.route("**/api/steps/**", Route::abort);
    trainer.button("Delete Step 1: Training Process").click();
    assertThat(page.getByText("The change could not be saved. Please try again.")).isVisible();
    picture("without-ai");
  }

  @Test
  void modulesMadeWithoutTheAiAreMadeAgainWithIt() throws Exception {
    Page page = trainer.page();
    upload("pallet.mp4", Files.readAllBytes(Videos.silent()));
    assertThat(page.getByText("AI unavailable). The AI provider has a problem.")).isVisible();
    assertThat(trainer.button("Make it again with the AI")).isVisible();
    stage.model().byDefault(ModelScript.answer(TrainingVideosBrowserIT.ANALYSIS));

    page.navigate("/training/");
    assertThat(card("pallet").getByText("Basic steps")).isVisible();
    picture("basic");
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("^Make (it|them) again with")))
        .click();

    assertThat(card("Checking a forklift").first()).isVisible();
    assertThat(page.getByText("Basic steps")).hasCount(0);
  }

  @Test
  void theDashboardShowsHowEachModuleStands() throws Exception {
    Page page = trainer.page();
    upload("broken.mp4", Videos.unreadable(100_000));
    assertThat(trainer.heading("Processing Failed")).isVisible();
    Gate gate = Gate.closed();
    stage.model().byDefault(ModelScript.hang(gate));
    page.navigate("/upload/");
    upload(
        "a rather long name of a video that somebody took with a telephone in the hall.mp4",
        Files.readAllBytes(Videos.silent()));
    assertThat(page.getByText("10% complete")).isVisible();

    page.navigate("/training/");

    Locator failed = card("broken").first();
    assertThat(failed.getByText("Failed")).isVisible();
    assertThat(
            failed.getByText("The video could not be read. The file may be damaged or incomplete."))
        .isVisible();
    Locator processing = card("a rather long name");
    assertThat(processing.getByText("Processing").first()).isVisible();
    assertThat(processing.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("aria-valuenow", "10");
    assertThat(processing.getByText("Starting AI analysis...")).isVisible();
    picture("dashboard-states");
    stage.model().byDefault(ModelScript.serverError());
    gate.openForAll();
    // The list is read again while one of them is being made.
    assertThat(processing.getByText("Start Training")).isVisible();
  }

  private Locator card(String title) {
    return trainer.page().getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(title));
  }

  @Test
  void whatIsNotThereOrCannotBeReadIsSaid() throws Exception {
    Page page = trainer.page();
    page.navigate("/training/0000000000000000000000000");
    assertThat(trainer.heading("Module not found")).isVisible();
    picture("missing");
    page.route("**/api/modules/**", Route::abort);
    page.reload();
    assertThat(page.getByText("The module could not be loaded.")).isVisible();
    picture("not-loaded");
    page.unroute("**/api/modules/**");
    trainer.button("Try again").click();
    assertThat(trainer.heading("Module not found")).isVisible();

    page.route("**/api/modules", Route::abort);
    page.navigate("/training/");
    assertThat(page.getByText("Your modules could not be loaded.")).isVisible();
    picture("list-failed");
    page.unroute("**/api/modules");
    page.route("**/api/modules", _ -> {});
    page.reload();
    assertThat(page.getByText("Loading modules...")).isVisible();
    picture("list-loading");
  }

  @Test
  void aSharedLinkTellsTheMissingFromTheUnreachable() throws Exception {
    try (Visitor stranger = stage.visitor(Pupil.phone(ColorScheme.DARK))) {
      Page page = stranger.page();
      page.navigate("/share/0000000000000000000000000");
      assertThat(
              page.getByText("This training module could not be found or is no longer available."))
          .isVisible();
      Screenshots.take(page, "training-shared-missing");
      page.route("**/api/share/**", Route::abort);
      page.reload();
      assertThat(page.getByText("The module could not be loaded.")).isVisible();
      Screenshots.take(page, "training-shared-failed");
      page.unroute("**/api/share/**");
      stranger.button("Try again").click();
      assertThat(stranger.heading("Module not found")).isVisible();
      assertThat(stranger.pageErrors()).isEmpty();
    }
  }

  @Test
  void aDiskThatTakesNothingIsSaidOnThePage() throws Exception {
    Path uploads = data.resolve("uploads/training");
    Path aside = Files.move(uploads, data.resolve("uploads/aside"));
    Files.writeString(uploads, "no folder");
    Page page = trainer.page();
    try {
      page.getByLabel("Video files").setInputFiles(Videos.silent());

      Page.GetByTextOptions exact = new Page.GetByTextOptions().setExact(true);
      assertThat(page.getByText("Upload Failed", exact)).isVisible();
      assertThat(page.getByText("Upload failed", exact)).isVisible();
    } finally {
      Files.delete(uploads);
      Files.move(aside, uploads);
    }
    trainer.button("Try Again").click();
    page.getByLabel("Video files").setInputFiles(Videos.silent());
    page.waitForURL(MODULE);
    assertThat(trainer.heading("silent")).isVisible();
  }

  private void picture(String name) throws Exception {
    Screenshots.take(trainer.page(), "training-" + name);
  }
}
