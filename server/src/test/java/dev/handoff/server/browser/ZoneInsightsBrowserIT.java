package dev.handoff.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of the zone insights, from choosing topics to the dashboard (Z13, Z14).
final class ZoneInsightsBrowserIT {
  private static final Pattern DASHBOARD = Pattern.compile(".*/dashboard$");
  private static final String NOT_YET =
      """
      {"status":"success","test_id":1,"insights_generated":false,\
      "subjects_with_insights":[],"total_subjects":0,"expected_subjects":["Physics"],\
      "all_subjects_complete":false}\
      """;
  private static final String READY =
      NOT_YET
          .replace("\"insights_generated\":false", "\"insights_generated\":true")
          .replace("\"total_subjects\":0", "\"total_subjects\":1");

  @TempDir private static Path data;
  private static BrowserFixture stage;
  private static ScriptedModelServer model;
  private Visitor asha;

  @BeforeAll
  static void start() throws Exception {
    stage = BrowserFixture.start(data);
    model = stage.model();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void login() {
    model.clear().byDefault(ModelScript.decide(ZoneInsightsBrowserIT::analysis));
    asha = stage.visitor(Pupil.desk(ColorScheme.LIGHT)).login("asha@demo.test", "/tests/");
  }

  @AfterEach
  void leave() {
    assertThat(asha.pageErrors()).isEmpty();
    asha.close();
  }

  private static ModelScript analysis(ModelRequest request) {
    return ModelScript.answer(
        request.lastUserText().contains("steady_zone")
            ? """
            {"steady_zone": ["Motion from rest is secure and quick in most of the questions here.",
              "Signs and units were right throughout, which carries over to harder problems."],
             "edge_zone": ["Free fall works when the height is given, but not yet when time is.",
              "Answers came slowly where two formulas had to be combined into one."],
             "focus_zone": ["The factor one half was lost twice; write the formula down first.",
              "Deceleration was left out; begin with what is known at both ends."]}
            """
            : """
            {"checkpoints": [
              {"topic": "Kinematics", "subject": "Physics", "subtopic": "Uniform acceleration",
               "accuracy": 0.25, "checklist": "Distance and final speed were taken for each other.",
               "action_plan": "Draw speed over time and read the distance as an area.",
               "citation": [1, 2]},
              {"topic": "Mole concept", "subject": "Chemistry", "subtopic": "Limiting reagent",
               "accuracy": 0.75, "checklist": "The smaller amount was taken as limiting at once.",
               "action_plan": "Divide each amount by its coefficient before comparing.",
               "citation": [3]}]}
            """);
  }

  @Test
  void aTestIsTakenSubmittedAndExplained() throws Exception {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    Page page = asha.page();
    assertThat(asha.button("Start test")).isVisible();
    picture("tests");
    // Topics without numeric questions.
    begin(6, "Nervous system", "Chemical bonding");
    choose(1);
    picture("test");
    asha.button("Next").click();
    asha.button("Mark for review").click();
    picture("marked");
    assertThat(asha.button("Question 1, answered")).isVisible();
    assertThat(asha.button("Question 2, marked for review")).isVisible();
    page.reload();
    assertThat(asha.button("Question 1, answered")).isVisible();

    asha.button("Submit test").click();
    assertThat(asha.heading("Submit Test?")).isVisible();
    assertThat(
            page.getByText(
                "Are you sure you want to submit your test? This action cannot be undone."
                    + " You have answered 1 out of 6 questions."))
        .isVisible();
    picture("submit");
    asha.button("Submit Test").click();
    page.waitForURL(Pattern.compile(".*/loading-results/\\d+$"));
    assertThat(asha.heading("Generating Your Insights...")).isVisible();
    assertThat(page.getByText("Analyzing your performance and preparing detailed analytics"))
        .isVisible();
    // Pushed: no poll tells it.
    assertThat(page.getByText("0 of 2 subjects analyzed")).isVisible();
    picture("loading");
    model.byDefault(ModelScript.decide(ZoneInsightsBrowserIT::analysis));
    gate.openForAll();

    page.waitForURL(DASHBOARD);
    assertThat(asha.heading("Subject-Wise Performance Zones")).isVisible();
    for (String words :
        List.of(
            "Strong Areas",
            "Needs Practice",
            "Priority Areas",
            "Problem Identified:",
            "Action Plan:",
            "Based on questions: 1, 2")) {
      assertThat(page.getByText(words).first()).isVisible();
    }
    assertThat(page.getByLabel("Select a Test to Analyze"))
        .containsText(
            Pattern.compile("Practice Test #\\d+ - \\d\\d [A-Z][a-z]{2} \\d\\d \\(-?\\d+/24\\)"));
    picture("dashboard");
    page.goBack();
    assertThat(page).not().hasURL(Pattern.compile(".*/loading-results/.*"));
  }

  @Test
  void quittingAsksFirstAndEndsTheTestWithoutMarks() throws Exception {
    begin(6, "Nervous system", "Chemical bonding");
    String test = asha.page().url();
    asha.button("Quit test").click();
    assertThat(asha.heading("Quit Test?")).isVisible();
    picture("quit");
    asha.button("Keep going").click();
    assertThat(asha.heading("Quit Test?")).isHidden();

    asha.button("Quit test").click();
    asha.button("Quit").click();
    asha.page().waitForURL("**/tests/");
    // There is no way back into it.
    asha.page().navigate(test);
    asha.page().waitForURL("**/tests/");
    assertThat(asha.button("Start test")).isVisible();
  }

  @Test
  void afterThirtySecondsTheDashboardComesWithoutThem() {
    asha.page().clock().install();
    answerStatusWith(() -> NOT_YET);
    asha.page().navigate("/loading-results/1");
    assertThat(asha.heading("Generating Your Insights...")).isVisible();

    asha.page().clock().runFor(29_000);
    assertThat(asha.page()).hasURL(Pattern.compile(".*/loading-results/1$"));
    asha.page().clock().runFor(1_500);

    assertThat(asha.page()).hasURL(DASHBOARD);
  }

  @Test
  void readyAtFourSecondsIsSeenByTheFourthPollAndLeadsOnAtSix() {
    List<Long> polls = new ArrayList<>();
    long[] begun = {0};
    asha.page()
        .route(
            "**/api/zone-insights/status/**",
            route -> {
              begun[0] = begun[0] == 0 ? System.nanoTime() : begun[0];
              long at = Duration.ofNanos(System.nanoTime() - begun[0]).toMillis();
              polls.add(at);
              json(route, at >= 4_000 ? READY : NOT_YET);
            });

    asha.page().navigate("/loading-results/1");
    asha.page().waitForURL(DASHBOARD, new Page.WaitForURLOptions().setTimeout(20_000));
    long left = Duration.ofNanos(System.nanoTime() - begun[0]).toMillis();

    assertThat(left).isBetween(5_500L, 7_500L);
    assertThat(polls.get(1)).isBetween(1_200L, 2_200L);
    assertThat(polls.get(3)).isBetween(4_000L, 5_300L);
  }

  @Test
  void withoutAnIdTheDashboardComesAtOnce() {
    asha.page().navigate("/loading-results/");

    assertThat(asha.page()).hasURL(DASHBOARD);
  }

  @Test
  void theDashboardFillsInWhatComesLater() throws Exception {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    begin(2, "Transport in plants");
    choose(0);
    submit();
    asha.page().waitForURL(Pattern.compile(".*/loading-results/\\d+$"));

    asha.page().navigate("/dashboard");
    assertThat(asha.page().getByText("Insights are still being prepared")).isVisible();
    picture("pending");
    model.byDefault(ModelScript.decide(ZoneInsightsBrowserIT::analysis));
    gate.openForAll();

    assertThat(asha.heading("Subject-Wise Performance Zones")).isVisible();
    assertThat(asha.page().getByText("Insights are still being prepared")).isHidden();
    assertThat(asha.page().getByText(Pattern.compile("^Your insights: the first subject .*")))
        .isVisible();
  }

  @Test
  void whatIsStoppedIsSaidAndCanBeMade() throws Exception {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    begin(2, "Transport in plants");
    choose(0);
    submit();
    asha.page().waitForURL(Pattern.compile(".*/loading-results/\\d+$"));
    asha.page().navigate("/dashboard");
    assertThat(asha.page().getByText("Insights are still being prepared")).isVisible();

    asha.button("Stop").click();

    assertThat(asha.page().getByText("Not all insights of this test were made.")).isVisible();
    picture("stopped");
    model.byDefault(ModelScript.decide(ZoneInsightsBrowserIT::analysis));
    gate.openForAll();
    // Made before the page looks for the first time.
    asha.page().route("**/api/zone-insights/status/**", ZoneInsightsBrowserIT::answerOnceMade);
    asha.button("Make them now").click();
    assertThat(asha.heading("Subject-Wise Performance Zones")).isVisible();
    assertThat(asha.page().getByText("Not all insights of this test were made.")).isHidden();
  }

  private static void answerOnceMade(Route route) {
    APIResponse made =
        await()
            .pollInSameThread()
            .until(route::fetch, status -> status.text().contains("\"insights_generated\":true"));
    route.fulfill(new Route.FulfillOptions().setResponse(made));
  }

  @Test
  void theDashboardIsThereAtOnceAfterTheRedirect() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    begin(1, "Digestion");
    submit();
    asha.page().waitForURL(Pattern.compile(".*/loading-results/\\d+$"));
    model.byDefault(ModelScript.decide(ZoneInsightsBrowserIT::analysis));
    // Read while the page before is still seen; later they would never come.
    asha.page()
        .waitForResponse(Pattern.compile(".*/api/zone-insights/test/\\d+/$"), gate::openForAll);
    asha.page().route("**/api/zone-insights/tests/", route -> {});
    asha.page().route("**/api/zone-insights/test/**", route -> {});

    asha.page().waitForURL(DASHBOARD);

    assertThat(asha.heading("Subject-Wise Performance Zones")).isVisible();
    assertThat(asha.page().getByText(Pattern.compile("^Loading .*"))).hasCount(0);
  }

  @Test
  void aSubmitThatFailsIsSaidAndCanBeRepeated() throws Exception {
    asha.page().route("**/api/test-sessions/*/submit/", route -> route.abort());
    begin(1, "Digestion");
    submit();

    assertThat(asha.page().getByText("Failed to submit test. Please try again.")).isVisible();
    picture("submit-failed");
    assertThat(asha.page()).hasURL(Pattern.compile(".*/test/\\d+/$"));
    asha.page().unroute("**/api/test-sessions/*/submit/");
    submit();
    asha.page().waitForURL(Pattern.compile(".*/loading-results/\\d+$"));
  }

  @Test
  void whenTheTimeIsOverTheTestIsSubmittedByItself() throws Exception {
    asha.page().clock().install();
    begin(1, "Digestion");
    asha.page().clock().runFor(55_000);
    assertThat(asha.heading("Time Over!")).isHidden();
    asha.page().clock().runFor(6_000);
    assertThat(asha.heading("Time Over!")).isVisible();
    assertThat(asha.button("Submit Test Now")).isVisible();
    picture("time-over");
    asha.page().clock().runFor(10_000);

    asha.page().waitForURL(Pattern.compile(".*/loading-results/\\d+$"));
  }

  @Test
  void listsThatCannotBeReadSaySo() throws Exception {
    asha.page().route("**/api/zone-insights/tests/", route -> route.abort());
    asha.page().navigate("/dashboard");
    assertThat(asha.page().getByText("Failed to load test list. Please try refreshing the page."))
        .isVisible();
    picture("list-failed");
    try (Visitor ben =
        stage.visitor(Pupil.phone(ColorScheme.DARK)).login("ben@demo.test", "/dashboard/")) {
      assertThat(ben.heading("No Tests Available")).isVisible();
      assertThat(
              ben.page()
                  .getByText(Pattern.compile("^Complete a test to see your performance analysis")))
          .isVisible();
      Screenshots.take(ben.page(), "zone-none");
    }
  }

  @Test
  void aTestThatWasLeftIsGoneOnWithAndReviewedAnswerByAnswer() throws Exception {
    Page page = asha.page();
    page.navigate("/tests/");
    asha.field("Nervous system").check();
    // Untouched, the number fits.
    asha.button("Start test").click();
    page.waitForURL(Pattern.compile(".*/test/\\d+/$"));
    choose(1);
    assertThat(asha.button("Question 1, answered")).isVisible();
    String test = page.url().replaceAll(".*/test/(\\d+)/$", "$1");
    asha.button("Next").click();
    page.navigate("/tests/");

    asha.link("Go on with test #" + test).click();
    assertThat(asha.button("Question 1, answered")).isVisible();
    submit();
    page.waitForURL(DASHBOARD);
    asha.link("Review every answer").click();

    page.waitForURL(Pattern.compile(".*/results/" + test + "/$"));
    assertThat(asha.heading("Practice Test #" + test)).isVisible();
    assertThat(page.getByText("your answer", exactly())).hasCount(1);
    assertThat(page.getByText("Explanation", exactly()).first()).isVisible();
    picture("review");
    page.goBack();
    asha.link("1").first().click();
    assertThat(page.locator("#question-1")).isFocused();

    page.navigate("/results/999999/");
    assertThat(asha.heading("These answers cannot be shown")).isVisible();
    picture("review-missing");
    asha.link("Your tests").click();
    page.waitForURL(DASHBOARD);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  // A test of these topics, with so many questions.
  private void begin(int questions, String... topics) {
    Page page = asha.page();
    page.navigate("/tests/");
    for (String topic : topics) {
      asha.field(topic).check();
    }
    page.getByRole(AriaRole.SPINBUTTON, new Page.GetByRoleOptions().setName("Questions"))
        .fill(Integer.toString(questions));
    asha.button("Start test").click();
    page.waitForURL(Pattern.compile(".*/test/\\d+/$"));
    asha.button("Submit test").waitFor();
  }

  private void choose(int option) {
    asha.page().getByRole(AriaRole.RADIO).nth(option).check();
  }

  private void submit() {
    asha.button("Submit test").click();
    asha.button("Submit Test").click();
  }

  private void answerStatusWith(java.util.function.Supplier<String> body) {
    asha.page().route("**/api/zone-insights/status/**", route -> json(route, body.get()));
  }

  private static void json(Route route, String body) {
    route.fulfill(
        new Route.FulfillOptions().setStatus(200).setContentType("application/json").setBody(body));
  }

  private void picture(String name) throws Exception {
    Screenshots.take(asha.page(), "zone-" + name);
  }
}
