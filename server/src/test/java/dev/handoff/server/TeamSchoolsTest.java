package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Schools never see each other, nor pupils each other, whatever the call (F5, F7). The calls are
/// those that the server serves: one that nobody has thought of here fails.
@OnBothStores
final class TeamSchoolsTest {
  private static final String OURS = "dev.handoff.systems.teamevaluation";
  private static final long UNKNOWN = 987_654;
  private static final String UNKNOWN_JOB = "summary-987654-987654-1";

  private static TestServer server;
  private static Team team;

  /// What a call is about, and what somebody is told for whom that does not exist.
  private enum CallTarget {
    /// Another school's evaluation, for its teachers' eyes only.
    EVALUATION_FOR_TEACHERS,
    EVALUATION,
    /// Another school's pupil in its evaluation.
    STUDENT,
    /// The same, for teachers' eyes only.
    STUDENT_FOR_TEACHERS,
    JOB,
    /// The caller's own school, whichever that is.
    OWN_SCHOOL,
    /// The same, for teachers' eyes only.
    OWN_SCHOOL_FOR_TEACHERS
  }

  private static final Map<String, CallTarget> CALLS =
      Map.ofEntries(
          Map.entry(
              "POST /feedback-summaries/evaluation/{evaluation}/student/{student}/queue",
              CallTarget.STUDENT),
          Map.entry(
              "POST /feedback-summaries/evaluation/{evaluation}/batch-queue",
              CallTarget.EVALUATION_FOR_TEACHERS),
          Map.entry(
              "GET /feedback-summaries/evaluation/{evaluation}/jobs",
              CallTarget.EVALUATION_FOR_TEACHERS),
          Map.entry(
              "GET /feedback-summaries/evaluation/{evaluation}/student/{student}",
              CallTarget.STUDENT),
          Map.entry(
              "POST /feedback-summaries/evaluation/{evaluation}/student/{student}/regenerate",
              CallTarget.STUDENT),
          Map.entry(
              "GET /feedback-summaries/evaluation/{evaluation}/student/{student}/quotes",
              CallTarget.STUDENT),
          Map.entry("GET /feedback-summaries/jobs/{job}/status", CallTarget.JOB),
          Map.entry("POST /feedback-summaries/jobs/{job}/cancel", CallTarget.JOB),
          Map.entry("GET /feedback-summaries/queue/stats", CallTarget.OWN_SCHOOL_FOR_TEACHERS),
          Map.entry("GET /feedback-summaries/queue/health", CallTarget.OWN_SCHOOL),
          Map.entry("GET /api/v1/team-evaluation/evaluations", CallTarget.OWN_SCHOOL),
          Map.entry("GET /api/v1/team-evaluation/evaluations/{evaluation}", CallTarget.EVALUATION),
          Map.entry(
              "GET /api/v1/team-evaluation/evaluations/{evaluation}/students/{student}/overview",
              CallTarget.STUDENT),
          Map.entry(
              "GET /api/v1/team-evaluation/evaluations/{evaluation}/live",
              CallTarget.EVALUATION_FOR_TEACHERS),
          Map.entry(
              "POST /api/v1/team-evaluation/evaluations/{evaluation}/close",
              CallTarget.EVALUATION_FOR_TEACHERS),
          Map.entry(
              "PUT /api/v1/team-evaluation/evaluations/{evaluation}/students/{student}/summary",
              CallTarget.STUDENT_FOR_TEACHERS),
          Map.entry(
              "POST /api/v1/team-evaluation/evaluations/{evaluation}/release",
              CallTarget.EVALUATION_FOR_TEACHERS),
          Map.entry("PUT /api/v1/team-evaluation/release-rule", CallTarget.OWN_SCHOOL_FOR_TEACHERS),
          Map.entry("GET /api/v1/team-evaluation/receivers", CallTarget.OWN_SCHOOL_FOR_TEACHERS),
          Map.entry("PUT /api/v1/team-evaluation/receivers", CallTarget.OWN_SCHOOL_FOR_TEACHERS),
          Map.entry(
              "POST /api/v1/team-evaluation/receivers/secret", CallTarget.OWN_SCHOOL_FOR_TEACHERS));

  private static final String BODY = json("{'student_ids':[456],'release_first':false,'hosts':[]}");

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.systems.team-evaluation.queue-per-minute=100000",
            "handoff.systems.team-evaluation.batch-per-minute=100000",
            "handoff.systems.team-evaluation.calls-per-minute=100000");
    team = new Team(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void nothingYet() {
    team.forget();
  }

  /// Every call that is served, as method and path; what is served under two paths, twice.
  private static Stream<String> calls() {
    // It knows its mappings since its first request.
    assertThat(server.anybody().get("/").status()).isPositive();
    return Objects.requireNonNull(server.bean(DispatcherServlet.class).getHandlerMappings())
        .stream()
        .filter(RequestMappingHandlerMapping.class::isInstance)
        .flatMap(mapping ->
            ((RequestMappingHandlerMapping) mapping).getHandlerMethods().entrySet().stream())
        .filter(entry -> entry.getValue().getBeanType().getPackageName().startsWith(OURS))
        .flatMap(entry ->
            entry.getKey().getPatternValues().stream()
                .map(path ->
                    entry.getKey().getMethodsCondition().getMethods().iterator().next()
                        + " "
                        + path));
  }

  private static CallTarget about(String call) {
    String bare = call.replace(" /api/v1/feedback-summaries", " /feedback-summaries");
    CallTarget about = CALLS.get(bare);
    assertThat(about).as("say in CALLS what %s is about", call).isNotNull();
    return Objects.requireNonNull(about);
  }

  private static HttpAnswer send(Client client, String call, Map<String, String> values) {
    String path = call.substring(call.indexOf(' ') + 1);
    for (Map.Entry<String, String> value : values.entrySet()) {
      path = path.replace("{" + value.getKey() + "}", value.getValue());
    }
    assertThat(path).doesNotContain("{");
    String method = call.substring(0, call.indexOf(' '));
    boolean hasBody = call.matches("PUT .*|.*(batch-queue|/release)");
    return method.equals("GET")
        ? client.get(path)
        : client.call(
            method,
            path,
            "application/json",
            (hasBody ? BODY : "").getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> things(long evaluation, long student, String job) {
    Map<String, String> things = new LinkedHashMap<>();
    things.put("evaluation", Long.toString(evaluation));
    things.put("student", Long.toString(student));
    things.put("job", job);
    return things;
  }

  @Test
  void everyCallWasThoughtOf() {
    List<String> served = calls().toList();

    served.forEach(TeamSchoolsTest::about);
    assertThat(served).hasSizeGreaterThan(CALLS.size());
    assertThat(
            new TreeSet<>(
                served.stream()
                    .map(call -> call.replace(" /api/v1/feedback", " /feedback"))
                    .toList()))
        .isEqualTo(new TreeSet<>(CALLS.keySet()));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void whatIsOfAnotherSchoolDoesNotExist(String call) {
    String job = Team.queue(team.teacher(), 456);
    Team.awaitStatus(team.teacher(), job, "completed");
    int jobs = team.count("summary_generation_jobs");
    CallTarget about = about(call);

    for (Client stranger : List.of(team.otherTeacher(), team.pupil(556))) {
      HttpAnswer foreign = send(stranger, call, things(123, 456, job));
      HttpAnswer unknown = send(stranger, call, things(UNKNOWN, UNKNOWN, UNKNOWN_JOB));

      assertThat(foreign.status()).isEqualTo(unknown.status());
      assertThat(foreign.body()).isEqualTo(unknown.body());
      boolean pupil = stranger.equals(team.pupil(556));
      assertThat(foreign.body()).isIn(expected(about, pupil, foreign));
      assertThat(foreign.body()).doesNotContain("Sanne").doesNotContain("456");
    }
    // Their own evaluation with a pupil of ours.
    if (about == CallTarget.STUDENT || about == CallTarget.STUDENT_FOR_TEACHERS) {
      HttpAnswer mixed = send(team.otherTeacher(), call, things(223, 456, job));
      assertThat(mixed)
          .returns(404, HttpAnswer::status)
          .returns(Team.NOT_FOUND.formatted("Student"), HttpAnswer::body);
    }
    assertThat(team.count("summary_generation_jobs")).isEqualTo(jobs);
    assertThat(team.teacher().get(Team.status(job)).text("status")).isEqualTo("completed");
  }

  private static List<String> expected(CallTarget about, boolean pupil, HttpAnswer answer) {
    String notAllowed = json("{'detail':'Not allowed'}");
    return switch (about) {
      case STUDENT, EVALUATION -> List.of(Team.NOT_FOUND.formatted("Evaluation"));
      case EVALUATION_FOR_TEACHERS, STUDENT_FOR_TEACHERS ->
          List.of(pupil ? notAllowed : Team.NOT_FOUND.formatted("Evaluation"));
      case JOB -> List.of(Team.NOT_FOUND.formatted("Job"));
      case OWN_SCHOOL_FOR_TEACHERS -> List.of(pupil ? notAllowed : answer.body());
      case OWN_SCHOOL -> List.of(answer.body());
    };
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aPupilSeesOnlyTheOwn(String call) {
    String job = Team.queue(team.teacher(), 456);
    Team.awaitStatus(team.teacher(), job, "completed");
    Client daan = team.pupil(457);

    HttpAnswer answer = send(daan, call, things(123, 456, job));

    switch (about(call)) {
      case STUDENT -> assertThat(answer.body()).isEqualTo(Team.NOT_FOUND.formatted("Student"));
      case JOB ->
          assertThat(answer.body())
              .isEqualTo(
                  call.endsWith("cancel")
                      ? json("{'detail':'Not allowed'}")
                      : Team.NOT_FOUND.formatted("Job"));
      case EVALUATION_FOR_TEACHERS, STUDENT_FOR_TEACHERS, OWN_SCHOOL_FOR_TEACHERS ->
          assertThat(answer).returns(403, HttpAnswer::status);
      case EVALUATION, OWN_SCHOOL ->
          assertThat(answer.body()).doesNotContain("Sanne").doesNotContain(job);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void nobodyGetsInWithoutAGoodLogin(String call) {
    Map<String, String> things = things(123, 456, "x");
    String account = server.as("457@school1.test").get("/api/auth/me/").text("id");
    var now = InstantSource.system().instant();

    assertRefused(send(server.anybody(), call, things), 401, "Not authenticated. Please log in.");
    assertRefused(
        send(server.anybody().bearing("a.b.c"), call, things), 401, "Invalid or expired token");
    assertRefused(
        send(server.anybody().bearing("hk_x"), call, things), 401, "Invalid or expired token");
    String expired = team.token(account, "school-1", now.minusSeconds(5));
    assertRefused(send(server.anybody().bearing(expired), call, things), 401, "Session expired");
    String moved = team.token(account, "school-2");
    assertRefused(send(server.anybody().bearing(moved), call, things), 403, "School ID mismatch");
    assertRefused(send(server.as("asha@demo.test"), call, things), 403, "School ID mismatch");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void nobodyGetsInWhoWasArchived(String call) {
    Client fleur = team.crowdMember();
    assertThat(fleur.get("/api/v1/team-evaluation/evaluations").status()).isEqualTo(200);

    team.archiveCrowd();

    assertRefused(send(fleur, call, things(123, 10_000, "x")), 403, "User account is archived");
    team.dropCrowd();
  }

  private static void assertRefused(HttpAnswer answer, int status, String detail) {
    assertThat(answer)
        .returns(status, HttpAnswer::status)
        .returns(json("{'detail':'%s'}", detail), HttpAnswer::body);
  }

  @Test
  void theCookieOfTheClientsIsTakenToo() {
    String account = server.as("457@school1.test").get("/api/auth/me/").text("id");
    Client cookie =
        server.anybody().with("Cookie", "access_token=" + team.token(account, "school-1"));

    assertThat(cookie.get(Team.of(123, 457) + "/quotes").status()).isEqualTo(200);
  }

  @Test
  void nothingThatIsNoAnswerOfOursTellsOfTheInside() {
    List<String> odd = new ArrayList<>();
    for (String path :
        List.of(
            "/api/v1/feedback-summaries/x", "/api/v1/team-evaluation/", "/feedback-summaries/")) {
      HttpAnswer answer = team.teacher().get(path);
      if (answer.status() != 404 || answer.body().contains("xception")) {
        odd.add(path + " " + answer);
      }
    }
    assertThat(odd).isEmpty();
  }
}
