package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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

/// The page of a teacher: the summaries of a whole class.
final class TeamClassIT {
  private static final Pattern JOBS = Pattern.compile(".*/evaluation/123/jobs");
  private static final Pattern LIVE = Pattern.compile(".*/evaluations/123/live");

  @TempDir private static Path data;
  private static Schools schools;
  private final Gate gate = Gate.closed();
  private SchoolMember teacher;
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
    teacher = schools.member().login("teacher@school1.test");
    page = teacher.page();
  }

  @AfterEach
  void leave() {
    teacher.close();
    gate.openForAll();
    schools.settle();
    assertThat(teacher.pageErrors()).isEmpty();
  }

  private void summariseAll() {
    teacher.button("Samenvattingen genereren voor alle leerlingen").click();
  }

  @Test
  void aTeacherSaysWhereMessagesGoAndRenewsTheirSecret() throws Exception {
    teacher.openEvaluation();
    page.getByText("Berichten aan andere systemen").click();
    Locator hosts = page.getByLabel("Toegestane servers, één per regel");
    Locator secret = page.getByLabel("Geheim waarmee berichten zijn ondertekend");
    assertThat(hosts).hasValue("");
    String first = secret.inputValue();
    assertThat(first).startsWith("whsec_");

    hosts.fill("https://school.example/x");
    teacher.button("Opslaan").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("zonder https://");
    hosts.fill("School.Example\nlms.example");
    teacher.button("Opslaan").click();
    assertThat(page.getByText("Opgeslagen.")).isVisible();
    assertThat(hosts).hasValue("school.example\nlms.example");

    teacher.button("Nieuw geheim").click();
    assertThat(page.getByText("Het vorige geheim ondertekent mee tot")).isVisible();
    assertThat(secret).not().hasValue(first);
    teacher.pictures("class-receivers");
    hosts.fill("");
    teacher.button("Opslaan").click();
    assertThat(page.getByText("Opgeslagen.")).isVisible();
  }

  @Test
  void aTeacherHasTheWholeClassSummarised() throws Exception {
    schools.model().byDefault(ModelScript.hang(gate));
    teacher.openEvaluation();
    assertThat(teacher.heading("Project Duurzame Stad")).isVisible();
    assertThat(teacher.rows()).hasCount(25);
    assertThat(teacher.rows().first())
        .hasText(
            Pattern.compile("Leerling\\s*Status\\s*Aangevraagd\\s*Gestart\\s*Gereed\\s*Methode"));
    assertThat(teacher.row("Daan Jansen")).containsText("Concept");
    teacher.pictures("class-new");

    summariseAll();
    assertThat(teacher.totals()).hasText("24 in wachtrij gezet, 0 stonden er al, 0 mislukt");
    // In the order of the class.
    assertThat(teacher.row("Daan Jansen")).containsText("Genereren...");
    assertThat(teacher.row("Sanne de Vries")).containsText("In wachtrij");
    teacher.pictures("class-busy");
    teacher.filter("In wachtrij");
    assertThat(teacher.rows()).hasCount(24);
    teacher.filter("Genereren...");
    assertThat(teacher.rows()).hasCount(2);
    teacher.filter("Mislukt");
    assertThat(page.getByText("Geen leerlingen met deze status.")).isVisible();
    teacher.pictures("class-none");
    teacher.filter("Alle");

    schools.breakSummaries();
    try {
      schools.model().byDefault(Schools.WRITER);
      gate.pass(1);
      assertThat(teacher.row("Daan Jansen")).containsText("Mislukt");
    } finally {
      schools.mendSummaries();
    }
    gate.openForAll();
    assertThat(teacher.row("Noor Bakker")).containsText("Geen feedback");
    teacher.filter("Gereed");
    assertThat(teacher.row("Noor Bakker")).containsText("Geen feedback");
    teacher.filter("Mislukt");
    int failed = teacher.rows().count() - 1;
    assertThat(failed).isPositive();
    teacher.filter("Alle");
    teacher.pictures("class-done");
    teacher.button("Opnieuw proberen voor Daan Jansen").click();
    assertThat(teacher.totals()).hasText("1 in wachtrij gezet, 0 stonden er al, 0 mislukt");
    assertThat(teacher.row("Daan Jansen")).containsText(Pattern.compile("Gereed.*AI"));
    assertThat(page.getByText(Pattern.compile("^\\d+ van 24 gereed$"))).isVisible();
    summariseAll();
    assertThat(teacher.totals())
        .hasText(Pattern.compile("\\d+ in wachtrij gezet, \\d+ stonden er al, 0 mislukt"));
  }

  @Test
  void aTeacherReadsStopsAndHasMadeAnew() throws Exception {
    schools.model().byDefault(ModelScript.hang(gate));
    teacher.openEvaluation();
    summariseAll();
    assertThat(teacher.row("Daan Jansen")).containsText("Genereren...");
    teacher.button("Alles stoppen (24)").click();
    // A pupil without feedback needs no AI: that job may end by itself as soon as another is
    // stopped.
    assertThat(teacher.totals()).hasText(Pattern.compile("2[34] gestopt"));
    assertThat(teacher.row("Sanne de Vries")).containsText("Geannuleerd");

    // Rules stand in for an AI that cannot be used.
    schools.model().byDefault(ModelScript.unauthorized());
    gate.openForAll();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions()
                .setName(Pattern.compile("Alle mislukte opnieuw proberen \\(2[34]\\)")))
        .click();
    assertThat(teacher.row("Sanne de Vries")).containsText("Basis");
    teacher.button("Sanne de Vries").click();
    var summary =
        page.getByRole(
            AriaRole.REGION,
            new Page.GetByRoleOptions().setName("Samenvatting van Sanne de Vries"));
    assertThat(summary).containsText("De AI was niet beschikbaar.");
    teacher.pictures("class-read");

    schools.model().byDefault(Schools.WRITER);
    summary
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Opnieuw maken met AI"))
        .click();
    assertThat(summary).containsText(Schools.SUMMARY);
    assertThat(summary).not().containsText("De AI was niet beschikbaar.");
    page.getByRole(AriaRole.BUTTON, BULK).click();
    assertThat(page.getByRole(AriaRole.BUTTON, BULK)).hasCount(0);
    assertThat(teacher.row("Daan Jansen")).containsText(Pattern.compile("Gereed.*AI"));
  }

  @Test
  void aTeacherEditsAndReleasesWhatAPupilThenReads() throws Exception {
    teacher.openEvaluation();
    Locator first =
        page.getByRole(
            AriaRole.CHECKBOX,
            new Page.GetByRoleOptions()
                .setName("Leerlingen zien een samenvatting pas na vrijgave door een docent"));
    first.click();
    assertThat(teacher.totals()).containsText("pas nadat je die hebt vrijgegeven");
    assertThat(first).isChecked();
    summariseAll();
    assertThat(teacher.row("Sanne de Vries")).containsText("Niet vrijgegeven");

    try (SchoolMember sanne = schools.member().login("456@school1.test")) {
      sanne.openEvaluation();
      assertThat(sanne.badge()).hasText("Bij je docent");
      assertThat(sanne.summary()).containsText("Je docent leest hem eerst");
      sanne.pictures("pupil-held");

      teacher.button("Sanne de Vries").click();
      var summary =
          page.getByRole(
              AriaRole.REGION,
              new Page.GetByRoleOptions().setName("Samenvatting van Sanne de Vries"));
      assertThat(summary).containsText(Schools.SUMMARY);
      summary.getByText("Bewerken").click();
      Locator text = summary.getByLabel("Tekst van de samenvatting");
      assertThat(text).isFocused();
      text.fill("Je plant heel goed, Sanne.");
      teacher.pictures("class-edit");
      summary.getByText("Opslaan").click();
      assertThat(summary).containsText("Aangepast door een docent.");
      summary.getByText("Vrijgeven").click();
      assertThat(summary.getByText("Vrijgave intrekken")).isVisible();
      teacher.pictures("class-released");

      sanne.page().reload();
      assertThat(sanne.summary()).hasText("Je plant heel goed, Sanne.");
      assertThat(sanne.badge()).hasText("Gereed");
    }
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("Alles vrijgeven.*")))
        .click();
    assertThat(teacher.totals()).containsText("vrijgegeven");
    assertThat(teacher.row("Daan Jansen")).containsText("Vrijgegeven");
  }

  private static final Page.GetByRoleOptions BULK =
      new Page.GetByRoleOptions().setName(Pattern.compile("Basis opnieuw maken met AI.*"));

  @Test
  void aChangeComesByThePushAlone() {
    schools.model().byDefault(ModelScript.hang(gate));
    teacher.openEvaluation();
    summariseAll();
    assertThat(teacher.row("Daan Jansen")).containsText("Genereren...");
    assertThat(teacher.row("Sanne de Vries")).containsText("In wachtrij");

    page.route(JOBS, Route::abort);
    assertThat(page.getByText("De stand kan nu niet worden opgehaald")).isVisible();
    schools.model().byDefault(Schools.WRITER);
    gate.openForAll();

    assertThat(teacher.row("Daan Jansen")).containsText(Pattern.compile("Gereed.*AI"));
    assertThat(teacher.row("Sanne de Vries")).containsText(Pattern.compile("Gereed.*AI"));
    assertThat(page.getByText("De stand kan nu niet worden opgehaald")).isVisible();
  }

  @Test
  void aChangeComesByPollingWhereNothingIsPushed() {
    schools.model().byDefault(ModelScript.hang(gate));
    List<String> tried = new CopyOnWriteArrayList<>();
    page.route(
        LIVE,
        route -> {
          tried.add(route.request().url());
          route.fulfill(new Route.FulfillOptions().setStatus(503));
        });
    teacher.openEvaluation();
    summariseAll();
    assertThat(teacher.row("Daan Jansen")).containsText("Genereren...");

    schools.model().byDefault(Schools.WRITER);
    gate.openForAll();

    assertThat(teacher.row("Mats van Dam")).containsText(Pattern.compile("Gereed.*AI"));
    assertThat(tried).isNotEmpty();
  }

  @Test
  void whatIsNotThereYetOrCannotBeReadIsSaid() throws Exception {
    page.route(JOBS, route -> {});
    teacher.openEvaluation();
    assertThat(page.getByText("Laden...")).isVisible();
    teacher.pictures("class-loading");
    page.unrouteAll();
    page.route(JOBS, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
    page.reload();
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("De stand kan nu niet worden opgehaald. We proberen het zo opnieuw.");
    teacher.pictures("class-broken");
    page.unrouteAll();
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    assertThat(teacher.row("Daan Jansen")).containsText("Concept");
    page.route(Pattern.compile(".*/batch-queue"), Route::abort);
    summariseAll();
    assertThat(teacher.totals()).hasText("Dat is niet gelukt. Probeer het opnieuw.");
  }

  @Test
  void closingAnEvaluationAsksForTheSummariesThatAreMissing() throws Exception {
    teacher.openEvaluation();
    teacher.button("Evaluatie afronden").click();
    assertThat(page.getByText("Iedereen zonder samenvatting krijgt er dan een. Doorgaan?"))
        .isVisible();
    teacher.pictures("class-closing");
    teacher.button("Ja, afronden").click();

    assertThat(teacher.totals()).hasText("De evaluatie is afgerond. 24 in wachtrij gezet");
    assertThat(page.locator("main")).containsText("Afgerond");
    assertThat(teacher.button("Evaluatie afronden")).hasCount(0);
    assertThat(teacher.row("Mats van Dam")).containsText(Pattern.compile("Gereed.*AI"));
    teacher.pictures("class-closed");
  }
}
