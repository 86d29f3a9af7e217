package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.handoff.server.Videos;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of the training videos, from the upload to the shared link (V7, V13 and the page's
/// states).
final class TrainingVideosBrowserIT {
  private static final Pattern MODULE = Pattern.compile(".*/training/[0-9a-z]{25}(\\?.*)?$");
  static final String ANALYSIS =
      """
      {"title": "Checking a forklift", "description": "What to look at before a shift begins.",
       "steps": [
         {"timestamp": 0, "title": "Look at the panel", "description": "All lamps are off.",
          "duration": 8},
         {"timestamp": 8, "title": "Raise the fork", "description": "Pull the left lever slowly.",
          "duration": 6},
         {"timestamp": 14, "title": "Check the brakes", "description": "Push both pedals.",
          "duration": 6}]}
      """;

  @TempDir private static Path data;
  private static BrowserFixture stage;
  private static ScriptedModelServer model;
  private Visitor trainer;

  @BeforeAll
  static void start() throws Exception {
    stage = BrowserFixture.start(data, "--handoff.systems.training-videos.retry-wait=50ms");
    model = stage.model();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void login() {
    model.clear().byDefault(ModelScript.decide(TrainingVideosBrowserIT::written));
    trainer = stage.visitor(Pupil.desk(ColorScheme.LIGHT)).login("trainer@demo.test", "/upload/");
  }

  @AfterEach
  void leave() {
    assertThat(trainer.pageErrors()).isEmpty();
    trainer.close();
  }

  private static ModelScript written(ModelRequest request) {
    String asked = request.lastUserText();
    if (asked.contains("Make a training module")) {
      return ModelScript.answer(ANALYSIS);
    }
    return asked.contains("Reword each")
        ? ModelScript.serverError()
        : ModelScript.answer("Push both pedals until they stop.");
  }

  @Test
  void aVideoIsUploadedProcessedWatchedAndShared() throws Exception {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    Page page = trainer.page();
    assertThat(page.getByText("Click or drop a video file")).isVisible();
    assertThat(page.getByText("Supports MP4/WebM up to 100MB")).isVisible();
    picture("upload");

    page.getByLabel("Video files").setInputFiles(Videos.silent());
    page.waitForURL(Pattern.compile(".*/training/[0-9a-z]{25}\\?processing=true$"));
    assertThat(trainer.heading("AI is Processing Your Video")).isVisible();
    for (String words :
        List.of(
            "Starting AI analysis...",
            "10% complete • This usually takes",
            "Processing in background",
            "You can close this page and come back later",
            "Processing Steps:",
            "Upload & validation",
            "AI video analysis",
            "Step extraction",
            "AI enhancement",
            "Finalizing module")) {
      assertThat(page.getByText(words)).isVisible();
    }
    picture("processing");
    // Whoever comes back by a plain link sees how it stands, too.
    page.navigate(page.url().replaceAll("\\?.*", ""));
    assertThat(trainer.heading("AI is Processing Your Video")).isVisible();
    model.byDefault(ModelScript.decide(TrainingVideosBrowserIT::written));
    gate.openForAll();

    assertThat(trainer.heading("Checking a forklift")).isVisible();
    assertThat(page).hasTitle("Checking a forklift · Training Videos");
    Locator video = page.getByLabel("Video: Checking a forklift");
    await().until(() -> ((Number) video.evaluate("v => v.duration || 0")).doubleValue() > 19);
    trainer.button("Seek to Raise the fork").click();
    await().until(() -> ((Number) video.evaluate("v => v.currentTime")).doubleValue() >= 8);
    assertThat(page.locator("[aria-current=step]")).containsText("2. Raise the fork");
    video.evaluate("v => v.pause()");
    page.getByLabel("Your question").fill("How do I check the brakes?");
    trainer.button("Ask").click();
    assertThat(page.getByText("Push both pedals until they stop.")).isVisible();
    picture("training");

    trainer.button("Share Checking a forklift").click();
    trainer.button("Make a link").click();
    assertThat(
            page.getByRole(
                AriaRole.IMG,
                new Page.GetByRoleOptions().setName("QR code of the link to Checking a forklift")))
        .isVisible();
    picture("share-dialog");
    watchShared(trainer.field("Link").inputValue());
    page.keyboard().press("Escape");
    assertThat(trainer.field("Link")).isHidden();
  }

  private static void watchShared(String link) throws Exception {
    try (Visitor stranger = stage.visitor(Pupil.phone(ColorScheme.DARK))) {
      Page page = stranger.page();
      page.navigate(link);
      assertThat(stranger.heading("Checking a forklift")).isVisible();
      Locator video = page.getByLabel("Video: Checking a forklift");
      await().until(() -> ((Number) video.evaluate("v => v.duration || 0")).doubleValue() > 19);
      stranger.button("Seek to Check the brakes").click();
      await().until(() -> ((Number) video.evaluate("v => v.currentTime")).doubleValue() >= 14);
      assertThat(page.getByText("Edit")).hasCount(0);
      video.evaluate("v => v.pause()");
      Screenshots.take(page, "training-shared");
    }
  }

  @Test
  void aVideoIsAnalysedAgainBesideTheStepsThatItHas() throws Exception {
    Page page = trainer.page();
    page.getByLabel("Video files").setInputFiles(Videos.real());
    page.waitForURL(MODULE);
    assertThat(trainer.heading("Checking a forklift")).isVisible();
    Locator video = page.getByLabel("Video: Checking a forklift");
    video.evaluate("v => { v.textTracks[0].mode = 'showing'; }");
    await().until(() -> video.evaluate("v => v.textTracks[0].cues?.length").equals(4));
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));

    analyse("Analyse again");

    assertThat(page.getByText("10% complete • This usually takes")).isVisible();
    assertThat(trainer.heading("Checking a forklift")).isFocused();
    assertThat(trainer.button("Edit Welcome to the forklift check")).isDisabled();
    assertThat(trainer.button("Seek to Welcome to the forklift check")).isEnabled();
    picture("analysed-again");
    trainer.button("Cancel processing").click();
    assertThat(page.getByText("The last analysis changed nothing: Processing was cancelled."))
        .isVisible();
    assertThat(trainer.heading("Checking a forklift")).isFocused();
    assertThat(trainer.button("Edit Welcome to the forklift check")).isEnabled();
    picture("analysis-cancelled");
    model.byDefault(ModelScript.decide(TrainingVideosBrowserIT::written));
    gate.openForAll();
    analyse("Try again");
    assertThat(trainer.button("Analyse again")).isVisible();
    assertThat(page.getByText("The last analysis changed nothing")).hasCount(0);
  }

  private void analyse(String button) {
    trainer.button(button).click();
    trainer
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Analyse again"))
        .click();
  }

  @Test
  void aFirstProcessingIsCancelledAndBegunAgain() throws Exception {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    Page page = trainer.page();
    page.getByLabel("Video files").setInputFiles(Videos.silent());
    page.waitForURL(MODULE);

    trainer.button("Cancel processing").click();

    assertThat(trainer.heading("Processing Failed")).isFocused();
    assertThat(page.getByText("Processing was cancelled.")).isVisible();
    picture("cancelled");
    model.byDefault(ModelScript.decide(TrainingVideosBrowserIT::written));
    gate.openForAll();
    trainer.button("Analyse this video again").click();
    assertThat(trainer.heading("Checking a forklift")).isVisible();
  }

  @Test
  void stepsAreEditedWithTheKeyboardToo() throws Exception {
    ready();
    Page page = trainer.page();
    trainer.button("Edit Raise the fork").click();
    assertThat(trainer.field("Title")).isFocused();
    trainer.field("Title").fill("Raise the fork slowly");
    trainer.button("Rewrite with AI").click();
    assertThat(page.getByLabel("Description")).hasValue("Push both pedals until they stop.");
    picture("edit");
    trainer.field("Title").press("Enter");
    assertThat(trainer.heading("2. Raise the fork slowly")).isVisible();
    assertThat(trainer.button("Edit Raise the fork slowly")).isFocused();
    trainer.button("Move Raise the fork slowly up").press("Enter");
    assertThat(trainer.heading("1. Raise the fork slowly")).isVisible();
    // It cannot go up any more.
    assertThat(trainer.button("Move Raise the fork slowly down")).isFocused();
    trainer.button("Add step").click();
    trainer.button("Cancel").click();
    assertThat(trainer.button("Add step")).isFocused();
    trainer.button("Add step").click();
    trainer.field("Title").fill("Park");
    trainer.field("Start").fill("0:18");
    trainer.field("End").fill("0:10");
    trainer.button("Save").click();
    assertThat(page.getByText("Times are like 1:05, and a step ends after it begins.")).isVisible();
    picture("add");
    trainer.field("End").fill("0:20");
    trainer.button("Save").click();
    assertThat(trainer.heading("4. Park")).isVisible();
    assertThat(trainer.button("Edit Park")).isFocused();

    trainer.button("Delete Raise the fork slowly").click();
    assertThat(trainer.button("Edit Look at the panel")).isFocused();
    for (String step : List.of("Look at the panel", "Check the brakes", "Park")) {
      trainer.button("Delete " + step).click();
      assertThat(trainer.button("Delete " + step)).hasCount(0);
    }
    assertThat(page.getByText("No steps available for this training")).isVisible();
    assertThat(trainer.button("Generate Steps with AI")).isFocused();
    picture("no-steps");
    trainer.button("Generate Steps with AI").click();
    assertThat(trainer.heading("1. Look at the panel")).isVisible();
  }

  @Test
  void severalVideosAreSentAtOnce() throws Exception {
    Page page = trainer.page();
    byte[] video = Files.readAllBytes(Videos.silent());
    page.getByLabel("Video files")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload("one.mp4", "video/mp4", video),
              new FilePayload("two.mp4", "video/mp4", video),
              new FilePayload(
                  "notes.txt", "text/plain", "no video".getBytes(StandardCharsets.UTF_8)),
              new FilePayload("empty.mp4", "video/mp4", new byte[0])
            });

    assertThat(page.getByText("Only video files are allowed")).isVisible();
    assertThat(page.getByText("File appears to be empty. Please upload a valid video file."))
        .isVisible();
    assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open")))
        .hasCount(2);
    picture("several");
    trainer.button("Try Again").first().click();
    assertThat(page.getByText("Only video files are allowed")).isHidden();
    assertThat(page.getByText("Click or drop a video file").locator("..")).isFocused();
  }

  @Test
  void anUploadIsShownWhileItRunsAndMayFail() throws Exception {
    Page page = trainer.page();
    page.route("**/api/upload", route -> route.abort());
    page.getByLabel("Video files").setInputFiles(Videos.silent());
    assertThat(page.getByText("Upload Failed")).isVisible();
    assertThat(page.getByText("Network error during upload")).isVisible();
    picture("upload-failed");
    page.unroute("**/api/upload");
    page.route("**/api/upload", _ -> {});
    trainer.button("Try Again").click();
    page.getByLabel("Video files").setInputFiles(Videos.silent());
    assertThat(page.getByText("Uploading silent.mp4...")).isVisible();
    assertThat(page.getByText(Pattern.compile("^\\d+ % complete$"))).isVisible();
    picture("uploading");
    page.evaluate(
        "document.querySelector('main button').dispatchEvent("
            + "new DragEvent('dragenter', {bubbles: true, cancelable: true}))");
    assertThat(page.getByText("Drop your video here!")).isVisible();
    picture("drop");
  }

  @Test
  void aVideoThatIsDroppedIsUploaded() {
    Page page = trainer.page();
    JSHandle dropped =
        page.evaluateHandle(
            """
            () => {
              const bytes = new Uint8Array(5000);
              bytes.set([0, 0, 0, 28, 102, 116, 121, 112, 105, 115, 111, 109]);
              const dropped = new DataTransfer();
              dropped.items.add(new File([bytes], 'dropped.mp4', { type: 'video/mp4' }));
              return dropped;
            }
            """);

    page.dispatchEvent("main button", "drop", Map.of("dataTransfer", dropped));

    page.waitForURL(MODULE);
    assertThat(page.getByText("dropped")).isVisible();
  }

  @Test
  void progressIsPushedBetweenTwoPolls() {
    Page page = trainer.page();
    // After the first look, no poll comes for ten minutes.
    page.route(
        "**/api/training/config",
        route -> {
          String config =
              route.fetch().text().replace("\"poll_every_ms\":3000", "\"poll_every_ms\":600000");
          assertThat(config).contains("600000");
          json(route, config);
        });
    Gate analysis = Gate.closed();
    Gate rewording = Gate.closed();
    model.byDefault(ModelScript.hang(analysis));
    page.reload();
    page.getByLabel("Video files").setInputFiles(Videos.silent());
    page.waitForURL(MODULE);
    assertThat(page.getByText("10% complete")).isVisible();
    await().until(() -> model.openCalls() == 1);

    model.byDefault(
        ModelScript.decide(request ->
            request.lastUserText().contains("Reword each")
                ? ModelScript.hang(rewording)
                : written(request)));
    analysis.openForAll();

    assertThat(page.getByText("60% complete")).isVisible();
    assertThat(page.getByText("Steps extracted, enhancing with AI...")).isVisible();
    model.byDefault(ModelScript.decide(TrainingVideosBrowserIT::written));
    rewording.openForAll();
    assertThat(trainer.heading("Checking a forklift")).isVisible();
  }

  @Test
  void aVideoThatCannotBeReadSaysSo() throws Exception {
    Page page = trainer.page();
    page.getByLabel("Video files")
        .setInputFiles(new FilePayload("broken.mp4", "video/mp4", Videos.unreadable(100_000)));
    page.waitForURL(MODULE);

    assertThat(trainer.heading("Processing Failed")).isVisible();
    assertThat(
            page.getByText("The video could not be read. The file may be damaged or incomplete."))
        .isVisible();
    picture("failed");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try Again")).click();
    assertThat(page).hasURL(Pattern.compile(".*/upload/$"));
  }

  @Test
  void thePageSaysWhenItTakesLongAndGivesUpAfterFiveMinutes() throws Exception {
    Page page = trainer.page();
    page.clock().install();
    String module =
        """
        {"id":"k3","status":"processing","progress":0,"message":"","error":null,\
        "title":"forklift","description":"","steps":[],"totalDuration":0,\
        "videoUrl":"","generated_by_ai":false,"thumbnails":[],"taskId":null}\
        """;
    page.route("**/api/modules/k3", route -> json(route, module));
    page.route("**/api/upload/status/k3", route -> json(route, module));
    page.navigate("/training/k3");
    // Without a message the page has words of its own.
    assertThat(page.getByText("Starting AI analysis...")).isVisible();
    page.clock().runFor(19_000);
    assertThat(page.getByText("Processing seems to be taking longer than usual")).isHidden();
    page.clock().runFor(2_000);
    assertThat(page.getByText("Processing seems to be taking longer than usual")).isVisible();
    picture("slow");
    page.clock().runFor(281_000);

    assertThat(page.getByText("Processing timeout reached")).isVisible();
    assertThat(page.getByText("Check back in a few minutes")).isVisible();
    picture("timeout");
    List<String> polls = new CopyOnWriteArrayList<>();
    page.onRequest(request -> polls.add(request.url()));
    page.clock().runFor(60_000);
    assertThat(polls).isEmpty();
  }

  @Test
  void theDashboardListsFindsRenamesAndDeletes() throws Exception {
    ready();
    Page page = trainer.page();
    page.navigate("/training/");
    assertThat(trainer.heading("Training Dashboard")).isVisible();
    assertThat(page.getByText("Upload New Module")).isVisible();
    Locator card =
        page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Checking a forklift"))
            .first();
    assertThat(card.getByText("Ready")).isVisible();
    assertThat(card.getByText("Start Training")).isVisible();
    page.getByText("How long it takes").click();
    assertThat(page.getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName("AI analysis")))
        .isVisible();
    picture("dashboard");
    card.getByText("Edit").click();
    assertThat(trainer.field("Title")).isFocused();
    picture("rename");
    trainer.field("Title").fill("Quite another name");
    trainer.field("Title").press("Enter");
    Locator renamed =
        page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Quite another name"));
    assertThat(renamed).isVisible();
    assertThat(trainer.button("Edit Quite another name")).isFocused();
    page.getByRole(AriaRole.SEARCHBOX).fill("nothing like it");
    assertThat(page.getByText("No module matches “nothing like it”.")).isVisible();
    picture("no-match");
    page.getByRole(AriaRole.SEARCHBOX).fill("quite name");
    assertThat(page.getByRole(AriaRole.ARTICLE)).hasCount(1);
    renamed.getByText("Delete").click();
    picture("delete");
    trainer.button("Delete module").click();
    assertThat(renamed).hasCount(0);
    assertThat(trainer.heading("Training Dashboard")).isFocused();
    try (Visitor other =
        stage.visitor(Pupil.phone(ColorScheme.DARK)).login("trainer2@demo.test", "/training/")) {
      assertThat(other.heading("No modules yet")).isVisible();
      Screenshots.take(other.page(), "training-none");
    }
  }

  private void ready() {
    trainer.page().getByLabel("Video files").setInputFiles(Videos.silent());
    trainer.page().waitForURL(MODULE);
    assertThat(trainer.heading("Checking a forklift")).isVisible();
  }

  private static void json(Route route, String body) {
    route.fulfill(
        new Route.FulfillOptions().setStatus(200).setContentType("application/json").setBody(body));
  }

  private void picture(String name) throws Exception {
    Screenshots.take(trainer.page(), "training-" + name);
  }
}
