package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of the team evaluation, against a scripted provider that speaks the real wire. One
/// summary is made at a time, so that others are seen to wait.
final class TeamBrowserIT {
  private static final String FACTS =
      "{\"positives\":[\"plant goed\"],\"negatives\":[\"zegt weinig\"],\"themes\":[\"planning\"],"
          + "\"action\":\"Zeg elke les iets.\"}";
  private static final String SUMMARY =
      "Je plant goed en je houdt het overzicht voor je hele team. Je teamgenoten waarderen dat je op"
          + " tijd klaar bent en anderen helpt met hun deel. In overleg mag je vaker zeggen wat je"
          + " zelf vindt, en je kunt eerder om hulp vragen. Zeg elke les minstens één keer wat jij"
          + " van een idee vindt.";
  private static final ModelScript WRITER =
      ModelScript.decide(request -> ModelScript.answer(request.wantsJson() ? FACTS : SUMMARY));

  @TempDir private static Path data;
  private static Chromium chromium;
  private static ScriptedModelServer model;
  private static ServerProcess server;
  private final List<String> pageErrors = new ArrayList<>();
  private final Gate gate = Gate.closed();
  private BrowserContext context;
  private Page page;

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
            "--handoff.systems.team-evaluation.concurrency=1",
            "--handoff.systems.team-evaluation.retries=0",
            "--handoff.systems.team-evaluation.queue-per-minute=1000");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    model.close();
    chromium.close();
  }

  @BeforeEach
  void open() throws Exception {
    model.clear().byDefault(WRITER);
    sql("delete from summary_generation_jobs", "delete from feedback_summaries");
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setBaseURL(server.url("").toString())
                    .setViewportSize(1200, 900)
                    .setLocale("nl-NL")
                    .setColorScheme(ColorScheme.LIGHT));
    page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onPageError(pageErrors::add);
  }

  @AfterEach
  void leave() {
    context.close();
    // The one place is free again for the next test.
    model.clear().byDefault(WRITER);
    gate.openForAll();
    await().until(() -> stillOpen() == 0);
    assertThat(pageErrors).isEmpty();
  }

  private static int stillOpen() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("handoff.db"));
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from summary_generation_jobs where status = 'queued'")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  // What no call does; the server's own connection waits meanwhile.
  private static void sql(String... statements) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("handoff.db"));
        var statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 10000");
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private void login(String username) {
    page.navigate("/evaluaties/");
    page.waitForURL(Pattern.compile(".*/login/\\?next=.*"));
    page.getByLabel("Username").fill(username);
    page.getByLabel("Password").fill("handoff");
    button("Log in").click();
    page.waitForURL(Pattern.compile(".*/evaluaties/$"));
    assertThat(heading("Evaluaties")).isVisible();
  }

  private void openEvaluation() {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Project Duurzame Stad"))
        .click();
    page.waitForURL(Pattern.compile(".*/evaluaties/123/$"));
  }

  private Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator badge() {
    return page.getByTestId("badge");
  }

  private Locator summary() {
    return page.getByTestId("samenvatting");
  }

  // Another pupil's, which takes the only place.
  private void somebodyElseFirst() {
    try (BrowserContext other =
        chromium
            .browser()
            .newContext(new Browser.NewContextOptions().setBaseURL(server.url("").toString()))) {
      Page mine = page;
      page = other.newPage();
      login("457@school1.test");
      openEvaluation();
      assertThat(badge()).hasText("Genereren...");
      page = mine;
    }
  }

  @Test
  void aPupilSeesTheSummaryComeWhileThePageIsThere() throws Exception {
    Gate others = Gate.closed();
    model
        .byDefault(ModelScript.hang(gate))
        .enqueue(ModelScript.streamed(others, FACTS), ModelScript.answer(SUMMARY));
    List<String> polls = new CopyOnWriteArrayList<>();
    page.onRequest(request -> {
      if (request.url().contains("/jobs/summary-")) {
        polls.add(request.url());
      }
    });
    somebodyElseFirst();
    login("456@school1.test");
    pictures("list");
    openEvaluation();

    assertThat(heading("Evaluatie Overzicht")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "nl");
    assertThat(badge()).hasText("In wachtrij");
    assertThat(summary())
        .hasText(
            "Samenvatting wordt in de wachtrij geplaatst..."
                + "We checken elke paar seconden of je samenvatting klaar is");
    String all = page.locator("main").innerText();
    assertThat(all)
        .contains(
            "Hier zie je een overzicht van je scores en een samenvatting van de ontvangen"
                + " peer-feedback.",
            "Terug",
            "Open",
            "Deadline: ",
            "AI-samenvatting",
            "Opmerkingen van de docent",
            "Sterk hoe je de planning bewaakt hebt.",
            "Team-bijdrage",
            "Correctiefactor",
            "Jouw Teamleden",
            "Daan Jansen",
            "Fleur van der Berg");
    assertThat(all).containsPattern("(Boven|Naar|Onder) verwachting");
    assertThat(all).containsPattern("(?:0,9\\d|1,0\\d|1,10)");
    for (String category : List.of("Organiseren", "Meedoen", "Zelfvertrouwen", "Autonomie")) {
      assertThat(page.getByRole(AriaRole.METER, new Page.GetByRoleOptions().setName(category)))
          .hasAttribute("aria-valuetext", Pattern.compile("Gem\\.: \\d,\\d"));
    }
    pictures("queued");
    await().until(() -> polls.size() >= 2);

    others.openForAll();
    assertThat(badge()).hasText("Genereren...");
    assertThat(summary())
        .hasText(
            "AI genereert je samenvatting..."
                + "We checken elke paar seconden of je samenvatting klaar is");
    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
    pictures("processing");

    model.byDefault(WRITER);
    gate.openForAll();
    assertThat(badge()).hasText("Gereed");
    assertThat(summary()).hasText(SUMMARY);
    pictures("ready");
    int polled = polls.size();

    page.reload();
    assertThat(badge()).hasText("Gereed");
    assertThat(summary()).hasText(SUMMARY);
    assertThat(polls).as("what is there is not polled for").hasSize(polled);
  }

  @Test
  void otherEndsHaveTheirOwnWords() throws Exception {
    model.byDefault(ModelScript.serverError());
    login("456@school1.test");
    openEvaluation();
    assertThat(badge()).hasText("Basis");
    assertThat(summary())
        .hasText(Pattern.compile("Je hebt 5 peer-feedback reacties ontvangen\\. .*"));
    pictures("basic");

    context.clearCookies();
    login("458@school1.test");
    openEvaluation();
    assertThat(badge()).hasText("Klaar");
    assertThat(summary())
        .hasText(
            "Je hebt nog geen peer-feedback ontvangen. Zodra je teamgenoten hun beoordelingen hebben"
                + " ingeleverd, verschijnt hier een samenvatting.");
    pictures("empty");
  }

  @Test
  void aFailureIsSaidAndTriedAgainFromTheKeyboard() throws Exception {
    login("456@school1.test");
    sql("alter table feedback_summaries rename column feedback_hash to away");
    try {
      openEvaluation();
      assertThat(badge()).hasText("Mislukt");
    } finally {
      sql("alter table feedback_summaries rename column away to feedback_hash");
    }
    assertThat(summary())
        .hasText(
            "Er ging iets mis bij het genereren van de samenvattingDe gegevens konden even niet worden"
                + " gelezen of opgeslagen. Probeer het later opnieuw.");
    pictures("failed");

    button("Opnieuw proberen").focus();
    page.keyboard().press("Enter");

    assertThat(badge()).hasText("Gereed");
    assertThat(summary()).hasText(SUMMARY);
  }

  @Test
  void aFailedPollIsRepeatedAndPollingEndsWithThePage() {
    model.byDefault(ModelScript.hang(gate));
    List<String> polls = new CopyOnWriteArrayList<>();
    page.route(
        Pattern.compile(".*/jobs/summary-.*/status"),
        route -> {
          polls.add(route.request().url());
          if (polls.size() % 2 == 0) {
            route.abort();
          } else {
            route.resume();
          }
        });
    page.route(Pattern.compile(".*/api/v1/tasks/.*"), Route::abort);
    login("456@school1.test");
    openEvaluation();
    assertThat(badge()).hasText("Genereren...");
    await()
        .until(() -> {
          page.waitForTimeout(100);
          return polls.size() >= 4;
        });
    assertThat(badge()).hasText("Genereren...");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Terug")).click();
    assertThat(heading("Evaluaties")).isVisible();
    int polled = polls.size();
    page.waitForTimeout(4_000);
    assertThat(polls).hasSize(polled);

    model.byDefault(WRITER);
    gate.openForAll();
    openEvaluation();
    assertThat(badge()).hasText("Gereed");
  }

  @Test
  void whatIsNotThereOrCannotBeReadIsSaid() throws Exception {
    login("456@school1.test");
    page.navigate("/evaluaties/223/");
    assertThat(heading("Evaluatie niet gevonden")).isVisible();
    pictures("missing");
    page.route(
        Pattern.compile(".*/overview"),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(500).setBody("{}")));
    page.navigate("/evaluaties/123/");
    assertThat(heading("Laden mislukt")).isVisible();
    pictures("broken");
    page.unroute(Pattern.compile(".*/overview"));
    page.unrouteAll();
    page.route(Pattern.compile(".*/queue"), route -> {});
    page.reload();
    assertThat(badge()).hasText("Laden");
    assertThat(summary()).hasText("Samenvatting laden...");
    pictures("loading");
  }

  @Test
  void aTeacherHasTheWholeClassSummarised() throws Exception {
    model.byDefault(ModelScript.hang(gate));
    login("teacher@school1.test");
    openEvaluation();
    assertThat(heading("Project Duurzame Stad")).isVisible();
    assertThat(page.getByRole(AriaRole.ROW)).hasCount(25);
    pictures("class-new");

    button("Samenvattingen genereren voor alle leerlingen").click();
    assertThat(page.getByTestId("totals"))
        .hasText("24 in wachtrij gezet, 0 stonden er al, 0 mislukt");
    // In the order of the class.
    assertThat(row("Daan Jansen")).containsText("Genereren...");
    assertThat(row("Sanne de Vries")).containsText("In wachtrij");
    pictures("class-busy");
    filter("In wachtrij");
    assertThat(page.getByRole(AriaRole.ROW)).hasCount(24);
    filter("Genereren...");
    assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);
    filter("Mislukt");
    assertThat(page.getByText("Geen leerlingen met deze status.")).isVisible();
    filter("Alle");

    sql("alter table feedback_summaries rename column feedback_hash to away");
    try {
      model.byDefault(WRITER);
      gate.pass(1);
      assertThat(row("Daan Jansen")).containsText("Mislukt");
    } finally {
      sql("alter table feedback_summaries rename column away to feedback_hash");
    }
    gate.openForAll();
    assertThat(row("Noor Bakker")).containsText("Klaar");
    filter("Gereed");
    assertThat(row("Noor Bakker")).containsText("Geen feedback");
    filter("Mislukt");
    int failed = page.getByRole(AriaRole.ROW).count() - 1;
    assertThat(failed).isPositive();
    filter("Alle");
    pictures("class-done");
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Opnieuw proberen voor Daan Jansen"))
        .click();
    assertThat(row("Daan Jansen")).containsText(Pattern.compile("Gereed.*AI"));
    button("Samenvattingen genereren voor alle leerlingen").click();
    assertThat(page.getByTestId("totals"))
        .hasText(Pattern.compile("\\d+ in wachtrij gezet, \\d+ stonden er al, 0 mislukt"));
  }

  private void filter(String name) {
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name).setExact(true))
        .check(new Locator.CheckOptions().setForce(true));
  }

  private Locator row(String name) {
    return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(name));
  }

  // For people to look at: wide and narrow, light and dark.
  private void pictures(String name) throws Exception {
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
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(folder.resolve("team-%s-%s-%d.png".formatted(name, scheme, width))));
      }
    }
    page.setViewportSize(1200, 900);
  }
}
