package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of a pupil: the summary in every state, and what is around it.
final class TeamBrowserIT {
  private static final String CHECKING =
      "We checken elke paar seconden of je samenvatting klaar is";

  // Writes down every badge as it comes into the page, and lets no message through from the first
  // one on: what is to happen after that is told to the page by a message.
  private static final String HOLD_THE_FIRST =
      """
      window.badges = [];
      const waiting = [];
      let holds = true;
      Object.defineProperty(MessagePort.prototype, 'onmessage', {
        set(listener) {
          this.addEventListener('message', (event) =>
            holds && badges.length > 0 ? waiting.push(() => listener(event)) : listener(event));
          this.start();
        },
      });
      window.letGo = () => { holds = false; waiting.forEach((one) => one()); };
      new MutationObserver(() => {
        const words = document.querySelector('[data-testid=badge]')?.textContent;
        if (words && words !== badges.at(-1)) badges.push(words);
      }).observe(document, { childList: true, characterData: true, subtree: true });
      """;

  @TempDir private static Path data;
  private static Schools schools;
  private final Gate gate = Gate.closed();
  private SchoolMember pupil;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    schools = Schools.open(data);
  }

  @AfterAll
  static void stop() {
    schools.close();
  }

  @BeforeEach
  void open() throws Exception {
    schools.forget();
    pupil = schools.member();
    page = pupil.page();
  }

  @AfterEach
  void leave() {
    pupil.close();
    gate.openForAll();
    schools.settle();
    assertThat(pupil.pageErrors()).isEmpty();
  }

  // Another pupil's, which takes the only place.
  private static void somebodyElseFirst() {
    try (SchoolMember daan = schools.member()) {
      daan.login("457@school1.test").openEvaluation();
      assertThat(daan.badge()).hasText("Genereren...");
    }
  }

  @Test
  void aPupilSeesTheSummaryComeWhileThePageIsThere() throws Exception {
    Gate others = Gate.closed();
    schools
        .model()
        .byDefault(ModelScript.hang(gate))
        .enqueue(ModelScript.streamed(others, Schools.FACTS), ModelScript.answer(Schools.SUMMARY));
    List<String> polls = new CopyOnWriteArrayList<>();
    page.onRequest(request -> {
      if (request.url().contains("/jobs/summary-")) {
        polls.add(request.url());
      }
    });
    somebodyElseFirst();
    pupil.login("456@school1.test");
    pupil.pictures("list");
    pupil.openEvaluation();

    assertThat(pupil.heading("Evaluatie Overzicht")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "nl");
    assertThat(pupil.badge()).hasText("In wachtrij");
    assertThat(pupil.summary())
        .hasText("Samenvatting wordt in de wachtrij geplaatst..." + CHECKING);
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
    pupil.pictures("queued");
    await().until(() -> polls.size() >= 2);

    others.openForAll();
    assertThat(pupil.badge()).hasText("Genereren...");
    assertThat(pupil.summary()).hasText("AI genereert je samenvatting..." + CHECKING);
    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
    pupil.pictures("processing");

    schools.model().byDefault(Schools.WRITER);
    gate.openForAll();
    assertThat(pupil.badge()).hasText("Gereed");
    assertThat(pupil.summary()).hasText(Schools.SUMMARY);
    pupil.pictures("ready");
    int polled = polls.size();

    page.reload();
    assertThat(pupil.badge()).hasText("Gereed");
    assertThat(pupil.summary()).hasText(Schools.SUMMARY);
    assertThat(polls).as("what is there is not polled for").hasSize(polled);
  }

  @Test
  void everySummaryBeginsAsAConcept() throws Exception {
    pupil.login("456@school1.test");
    page.addInitScript(HOLD_THE_FIRST);
    page.navigate("/evaluaties/123/");

    assertThat(pupil.badge()).hasText("Concept");
    assertThat(pupil.summary())
        .hasText(
            "Nog geen AI-samenvatting beschikbaar. Deze wordt gegenereerd zodra er peer-feedback is"
                + " ontvangen.");
    pupil.pictures("concept");
    page.evaluate("letGo()");

    assertThat(pupil.badge()).hasText("Gereed");
    assertThat((List<?>) page.evaluate("badges"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .startsWith("Concept", "Laden")
        .endsWith("Gereed")
        .doesNotContain("Mislukt");
  }

  @Test
  void otherEndsHaveTheirOwnWords() throws Exception {
    pupil.login("456@school1.test");
    // The page of the test before may have asked once more when it was left.
    schools.settle();
    schools.forget();
    schools.model().byDefault(ModelScript.serverError());
    pupil.openEvaluation();
    assertThat(pupil.badge()).hasText("Basis");
    assertThat(pupil.summary())
        .hasText(Pattern.compile("Je hebt 5 peer-feedback reacties ontvangen\\. .*"));
    pupil.pictures("basic");

    pupil.logout();
    pupil.login("458@school1.test").openEvaluation();
    assertThat(pupil.badge()).hasText("Klaar");
    assertThat(pupil.summary())
        .hasText(
            "Je hebt nog geen peer-feedback ontvangen. Zodra je teamgenoten hun beoordelingen hebben"
                + " ingeleverd, verschijnt hier een samenvatting.");
    pupil.pictures("empty");
  }

  @Test
  void aFailureIsSaidAndTriedAgainFromTheKeyboard() throws Exception {
    pupil.login("456@school1.test");
    schools.breakSummaries();
    try {
      pupil.openEvaluation();
      assertThat(pupil.badge()).hasText("Mislukt");
    } finally {
      schools.mendSummaries();
    }
    assertThat(pupil.summary())
        .hasText(
            "Er ging iets mis bij het genereren van de samenvattingDe gegevens konden even niet worden"
                + " gelezen of opgeslagen. Probeer het later opnieuw.");
    pupil.pictures("failed");

    pupil.button("Opnieuw proberen").focus();
    page.keyboard().press("Enter");

    assertThat(pupil.badge()).hasText("Gereed");
    assertThat(pupil.summary()).hasText(Schools.SUMMARY);
  }

  @Test
  void aFailedPollIsRepeatedAndPollingEndsWithThePage() {
    schools.model().byDefault(ModelScript.hang(gate));
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
    pupil.login("456@school1.test").openEvaluation();
    assertThat(pupil.badge()).hasText("Genereren...");
    await()
        .until(() -> {
          page.waitForTimeout(100);
          return polls.size() >= 4;
        });
    assertThat(pupil.badge()).hasText("Genereren...");

    pupil.link("Terug").click();
    assertThat(pupil.heading("Evaluaties")).isVisible();
    int polled = polls.size();
    page.waitForTimeout(4_000);
    assertThat(polls).hasSize(polled);

    schools.model().byDefault(Schools.WRITER);
    gate.openForAll();
    pupil.openEvaluation();
    assertThat(pupil.badge()).hasText("Gereed");
  }

  @Test
  void aClosedEvaluationWithoutADeadlineSaysSo() throws Exception {
    schools.change("update team_evaluation set settings = '{}' where id = 122");
    pupil.login("456@school1.test");
    pupil.link("Debat over water").click();

    assertThat(pupil.heading("Evaluatie Overzicht")).isVisible();
    assertThat(page.locator("main")).containsText("Afgerond");
    assertThat(page.locator("main")).containsText("Deadline: Niet ingesteld");
    assertThat(page.locator("main")).containsText("Je docent heeft nog geen opmerkingen gegeven.");
    assertThat(pupil.badge()).hasText("Gereed");
    pupil.pictures("closed");
  }

  @Test
  void whatIsNotThereOrCannotBeReadIsSaid() throws Exception {
    Pattern list = Pattern.compile(".*/team-evaluation/evaluations");
    pupil.login("456@school1.test");
    page.route(
        list,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"me":{"id":456,"name":"Sanne","role":"student"},"evaluations":[]}\
                        """)));
    page.reload();
    assertThat(page.getByText("Er zijn nog geen evaluaties.")).isVisible();
    pupil.pictures("list-empty");
    page.unrouteAll();
    page.route(list, route -> {});
    page.reload();
    assertThat(page.getByText("Laden...")).isVisible();
    pupil.pictures("list-loading");
    page.unrouteAll();
    page.navigate("/evaluaties/223/");
    assertThat(pupil.heading("Evaluatie niet gevonden")).isVisible();
    pupil.pictures("missing");
    page.route(
        Pattern.compile(".*/overview"),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(500).setBody("{}")));
    page.navigate("/evaluaties/123/");
    assertThat(pupil.heading("Laden mislukt")).isVisible();
    pupil.pictures("broken");
    page.unrouteAll();
    page.route(Pattern.compile(".*/queue"), route -> {});
    page.reload();
    assertThat(pupil.badge()).hasText("Laden");
    assertThat(pupil.summary()).hasText("Samenvatting laden...");
    pupil.pictures("loading");
  }
}
