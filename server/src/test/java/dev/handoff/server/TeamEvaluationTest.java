package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Summaries over HTTP: asked for, made, kept and read (F1 to F4, F10, F11, F17).
@OnBothStores
final class TeamEvaluationTest {
  private static TeamServer served;
  private static ScriptedModelServer model;
  private static Team team;
  private Client sanne;
  private Client teacher;

  @BeforeAll
  static void start() {
    served = TeamServer.start(TeamServer.UNLIMITED);
    model = served.model();
    team = served.team();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void nothingYet() {
    served.forget();
    sanne = team.pupil(456);
    teacher = team.teacher();
  }

  @Test
  void f1AndF2TakesARequestAtOnceAndReportsItsState() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, Team.FACTS));

    HttpAnswer queued = sanne.post(Team.of(123, 456) + "/queue");
    String job = queued.text("job_id");
    String created = queued.text("created_at");
    HttpAnswer working = Team.await(sanne, job, it -> it.json().path("progress").asInt() == 80);
    gate.openForAll();
    HttpAnswer done = Team.awaitStatus(sanne, job, "completed");

    assertThat(queued.status()).isEqualTo(200);
    assertThat(job).matches("summary-123-456-\\d+(-\\d+)?");
    assertThat(created).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    assertThat(queued.body())
        .startsWith(
            """
            {"job_id":"%s","status":"queued","student_id":456,"evaluation_id":123,\
            "created_at":"%s","started_at":null,"completed_at":null,\
            "result":null,"error_message":null,"progress":0,\
            "priority":"normal","retry_count":0,"max_retries":3,\
            "cancelled_at":null,"webhook_delivered":false,"task_id":"\
            """
                .formatted(job, created));
    assertThat(working.text("status")).isEqualTo("processing");
    assertThat(working.text("started_at")).isNotEmpty();
    assertThat(working.text("created_at")).isEqualTo(created);
    assertThat(done.text("completed_at")).isNotEmpty();
    assertThat(done.json().path("progress").asInt()).isEqualTo(100);
    assertThat(done.json().path("result").toString())
        .isEqualTo(
            json(
                "{'summary_text':'%s','generation_method':'ai','feedback_count':5}", Team.SUMMARY));
    // The pupil may follow the task live.
    assertThat(sanne.get("/api/v1/tasks/" + queued.text("task_id") + "/events").body())
        .containsSubsequence(
            json("'percent':10"),
            json("'percent':20"),
            json("'percent':30"),
            json("'percent':40"),
            json("'percent':50"),
            json("'percent':60"),
            json("'percent':80"),
            json("'percent':90"));
    assertThat(team.count("feedback_summaries")).isEqualTo(1);
  }

  @Test
  void theAiIsAskedForFactsAndThenForASummary() {
    int asked = model.requests().size();
    Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed");

    List<ModelRequest> requests = model.requests().subList(asked, model.requests().size());
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).wantsJson()).isTrue();
    assertThat(requests.get(0).lastUserText())
        .contains("Evaluatie: Project Duurzame Stad", "Aantal reacties in totaal: 5");
    assertThat(requests.get(1).wantsJson()).isFalse();
    assertThat(requests.get(1).lastUserText()).contains(json("'positives':['plant goed'"));
  }

  @Test
  void f3TellsTheSameToWhoeverAsksWhileItIsOpen() throws Exception {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));
    List<String> jobs = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Client client = i % 2 == 0 ? sanne : teacher;
      threads.add(Thread.startVirtualThread(() -> jobs.add(Team.queue(client, 456))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(jobs).hasSize(12);
    assertThat(jobs.stream().distinct()).hasSize(1);
    assertThat(team.count("summary_generation_jobs")).isEqualTo(1);
    gate.openForAll();
    Team.awaitStatus(sanne, jobs.getFirst(), "completed");
  }

  @Test
  void f4GivesACompletedJobAgainUntilTheFeedbackChanges() {
    Client daan = team.pupil(457);
    String first = Team.queue(daan, 457);
    JsonNode done = Team.awaitStatus(daan, first, "completed").json();

    HttpAnswer again = daan.post(Team.of(123, 457) + "/queue");
    team.comment(123, 457, "Hij legt alles rustig uit.");
    String next = Team.queue(daan, 457);
    JsonNode renewed = Team.awaitStatus(daan, next, "completed").json();

    assertThat(again.text("job_id")).isEqualTo(first);
    assertThat(again.text("status")).isEqualTo("completed");
    assertThat(again.json().path("result")).isEqualTo(done.path("result"));
    assertThat(next).isNotEqualTo(first);
    assertThat(renewed.path("result").path("feedback_count").asInt())
        .isEqualTo(done.path("result").path("feedback_count").asInt() + 1);
    assertThat(team.count("feedback_summaries")).isEqualTo(1);
  }

  @Test
  void f10AndF11SaysItWithoutTheAiWhereItCannot() {
    Client noor = team.pupil(458);
    JsonNode empty = Team.awaitStatus(noor, Team.queue(noor, 458), "completed").json();
    assertThat(empty.path("result").toString())
        .isEqualTo(
            """
            {"summary_text":"Je hebt nog geen peer-feedback ontvangen. Zodra je teamgenoten hun \
            beoordelingen hebben ingeleverd, verschijnt hier een samenvatting.",\
            "generation_method":"empty","feedback_count":0}\
            """);
    assertThat(team.count("feedback_summaries")).isZero();

    List<ModelScript> failures =
        List.of(
            ModelScript.serverError(),
            ModelScript.empty(),
            ModelScript.answer("ok"),
            ModelScript.answer(json("{'positives':['ok'],'negatives':[]}")),
            ModelScript.answer("Sorry, ik kan je hier niet bij helpen."),
            ModelScript.answer("I cannot help you with je request, I am an AI."),
            ModelScript.answer("De leerling plant goed en jouw team is blij."),
            ModelScript.refusal("no"),
            ModelScript.rateLimited("3600"),
            ModelScript.quotaExceeded(),
            ModelScript.unauthorized(),
            ModelScript.malformed(),
            ModelScript.dropped("half"),
            ModelScript.cutAtLimit("Je luistert goed naar je team en je plant je werk, en"));
    for (ModelScript failure : failures) {
      team.forget();
      model.byDefault(failure);
      JsonNode done = Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed").json();
      assertThat(done.path("result").path("generation_method").asString())
          .as(failure.toString())
          .isEqualTo("fallback");
      assertThat(done.path("result").path("summary_text").asString())
          .startsWith("Je hebt 5 peer-feedback reacties ontvangen.");
      assertThat(done.path("error_message").isNull()).isTrue();
    }
  }

  @Test
  void asksASecondTimeMoreGentlyAndWithoutFactsDirectly() {
    model.enqueue(
        ModelScript.answer(Team.FACTS), ModelScript.answer("Het spijt me, jij krijgt niets."));
    JsonNode softer = Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed").json();
    assertThat(softer.path("result").path("generation_method").asString()).isEqualTo("ai");
    assertThat(model.requests().getLast().lastUserText()).contains("coach");

    team.forget();
    model.enqueue(ModelScript.answer("geen json"), ModelScript.answer("ok"));
    JsonNode direct = Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed").json();
    assertThat(direct.path("result").path("generation_method").asString()).isEqualTo("ai");
    assertThat(model.requests().getLast().lastUserText())
        .contains("Schrijf de samenvatting van deze reacties.", "Aantal reacties in totaal: 5");
  }

  @Test
  void f17StillAnswersWhoWaitsOnTheLine() {
    HttpAnswer first = sanne.get(Team.of(123, 456));
    HttpAnswer second = sanne.get(Team.of(123, 456));
    String job = Team.queue(sanne, 456);
    Team.awaitStatus(sanne, job, "completed");
    int asked = model.requests().size();
    HttpAnswer anew = sanne.post(Team.of(123, 456) + "/regenerate", json("{'force':true}"));

    assertThat(first.body())
        .isEqualTo(
            """
            {"student_id":456,"student_name":"Sanne de Vries","summary_text":"%s",\
            "generation_method":"ai","feedback_count":5,"cached":false}\
            """
                .formatted(Team.SUMMARY));
    assertThat(second.json().path("cached").asBoolean()).isTrue();
    assertThat(anew.json().path("cached").asBoolean(true)).isFalse();
    assertThat(model.requests()).hasSize(asked + 2);
    String next = Team.queue(sanne, 456);
    assertThat(next).as("the job of before is not given out").isNotEqualTo(job);
    Team.awaitStatus(sanne, next, "completed");
    assertThat(team.pupil(458).get(Team.of(123, 458)).text("generation_method")).isEqualTo("empty");
  }

  @Test
  void aTeacherHasASummaryMadeAnewThoughTheFeedbackIsTheSame() {
    String job = Team.queue(sanne, 456);
    Team.awaitStatus(sanne, job, "completed");
    int asked = model.requests().size();
    assertThat(Team.queue(teacher, 456)).isEqualTo(job);

    String next = Team.queue(teacher, 456, json("{'anew':true}"));
    Team.awaitStatus(teacher, next, "completed");

    assertThat(next).isNotEqualTo(job);
    assertThat(model.requests()).hasSize(asked + 2);
    HttpAnswer pupils = sanne.post(Team.of(123, 456) + "/queue", json("{'anew':true}"));
    assertThat(pupils.status()).isEqualTo(403);
    assertThat(Team.queue(sanne, 456)).isEqualTo(next);
  }

  private static final String SCHOOL = "/api/v1/team-evaluation";
  private static final String SANNES = SCHOOL + "/evaluations/123/students/456/summary";
  private static final String RELEASE = SCHOOL + "/evaluations/123/release";

  private static HttpAnswer put(Client client, String path, String body) {
    return client.call("PUT", path, "application/json", body.getBytes(UTF_8));
  }

  private void teacherReleasesFirst() {
    assertThat(put(teacher, SCHOOL + "/release-rule", json("{'release_first':true}")).body())
        .isEqualTo(json("{'release_first':true}"));
  }

  @Test
  void aPupilReadsASummaryNowhereBeforeATeacherReleasedIt() {
    teacherReleasesFirst();
    HttpAnswer queued = sanne.post(Team.of(123, 456) + "/queue");
    String job = queued.text("job_id");
    Team.awaitStatus(sanne, job, "completed");

    String task = "/api/v1/tasks/" + queued.text("task_id");
    for (HttpAnswer answer :
        List.of(
            sanne.get(Team.status(job)),
            sanne.post(Team.of(123, 456) + "/queue"),
            sanne.get(Team.of(123, 456)),
            sanne.post(Team.of(123, 456) + "/regenerate"),
            sanne.get(task),
            sanne.get(task + "/events"))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("Je docent leest hem eerst").doesNotContain(Team.SUMMARY);
    }
    assertThat(sanne.get(Team.of(123, 456)).text("generation_method")).isEqualTo("held");
    JsonNode teachers = teacher.get(Team.status(job)).json();
    assertThat(teachers.path("result").path("summary_text").asString()).isEqualTo(Team.SUMMARY);
    assertThat(teachers.path("released_at").isNull()).isTrue();

    HttpAnswer released = teacher.post(RELEASE, json("{'student_ids':[456,457]}"));
    assertThat(released.body()).isEqualTo(json("{'evaluation_id':123,'changed':1}"));
    JsonNode read = sanne.get(Team.status(job)).json();
    assertThat(read.path("result").path("summary_text").asString()).isEqualTo(Team.SUMMARY);
    assertThat(read.path("released_at").isNull()).isFalse();

    teacher.post(RELEASE, json("{'student_ids':[456],'released':false}"));
    assertThat(sanne.get(Team.status(job)).body()).doesNotContain(Team.SUMMARY);
  }

  @Test
  void aTeacherEditsASummaryAndAPupilDoesNotUndoIt() {
    String job = Team.queue(sanne, 456);
    assertThat(put(teacher, SCHOOL + "/evaluations/123/students/457/summary", EDITED).status())
        .isEqualTo(404);
    Team.awaitStatus(sanne, job, "completed");

    assertThat(put(teacher, SANNES, EDITED).status()).isEqualTo(204);

    for (Client reader : List.of(sanne, teacher)) {
      JsonNode read = reader.get(Team.status(job)).json();
      assertThat(read.path("result").path("summary_text").asString()).isEqualTo("Goed zo, Sanne.");
      assertThat(read.path("edited").asBoolean()).isTrue();
    }
    assertThat(sanne.post(Team.of(123, 456) + "/regenerate").text("summary_text"))
        .isEqualTo("Goed zo, Sanne.");
    JsonNode anew = teacher.post(Team.of(123, 456) + "/regenerate").json();
    assertThat(anew.path("summary_text").asString()).isEqualTo(Team.SUMMARY);
  }

  @Test
  void onlyTeachersOfTheSchoolEditAndReleaseAndOnlyWhatCanBe() {
    Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed");

    assertThat(put(sanne, SANNES, EDITED).status()).isEqualTo(403);
    assertThat(sanne.post(RELEASE, json("{'student_ids':[456]}")).status()).isEqualTo(403);
    assertThat(put(sanne, SCHOOL + "/release-rule", json("{'release_first':true}")).status())
        .isEqualTo(403);
    assertThat(put(team.otherTeacher(), SANNES, EDITED).status()).isEqualTo(404);
    assertThat(team.otherTeacher().post(RELEASE, json("{'student_ids':[456]}")).status())
        .isEqualTo(404);
    assertThat(teacher.post(RELEASE, json("{'student_ids':[456,556]}")).status()).isEqualTo(400);
    for (String text : List.of("", "  ", "a".repeat(4_001), "a\\u0000b")) {
      assertThat(put(teacher, SANNES, json("{'text':'%s'}", text)).status())
          .as(text)
          .isEqualTo(400);
    }
    assertThat(put(teacher, SCHOOL + "/release-rule", "{}").status()).isEqualTo(400);
    assertThat(sanne.get(Team.of(123, 456)).text("summary_text")).isEqualTo(Team.SUMMARY);
  }

  private static final String EDITED = json("{'text':' Goed zo, Sanne. '}");

  @Test
  void quotesWhatWasWrittenWithoutSayingByWhom() {
    team.comment(123, 459, "Youssef " + "en nog veel meer goede dingen ".repeat(20));
    team.comment(123, 459, "a".repeat(296) + "🙂🙂🙂");

    JsonNode quotes = teacher.get(Team.of(123, 459) + "/quotes").json();

    int count = quotes.path("count").asInt();
    assertThat(count).isEqualTo(quotes.path("quotes").size()).isPositive();
    List<String> texts = new ArrayList<>();
    quotes.path("quotes").forEach(quote -> texts.add(quote.path("text").asString()));
    assertThat(texts)
        .anyMatch(text ->
            text.length() == 300 && text.endsWith("...") && text.startsWith("[...] en nog"));
    assertThat(texts).contains("a".repeat(296) + "...");
    assertThat(texts).noneMatch(text -> text.contains("Youssef"));
    assertThat(quotes.path("quotes").path(0).path("criterion_id").asInt()).isBetween(1, 4);
  }

  @Test
  void everyCallIsThereWithoutTheApisPathAndWithASlash() {
    String job = Team.queue(sanne, 456);
    Team.awaitStatus(sanne, job, "completed");
    for (String path : List.of("/jobs/" + job + "/status", "/evaluation/123/student/456/quotes")) {
      for (String form : List.of(path, path + "/")) {
        assertThat(sanne.get("/feedback-summaries" + form).status()).as(form).isEqualTo(200);
        assertThat(sanne.get(Team.CALLS + form).status()).as(form).isEqualTo(200);
      }
    }
  }

  @Test
  void thePagesAreToldWhatTheyShow() {
    String evaluations = "/api/v1/team-evaluation/evaluations";
    JsonNode overview = sanne.get(evaluations + "/123/students/456/overview").json();

    assertThat(overview.path("evaluation").path("title").asString())
        .isEqualTo("Project Duurzame Stad");
    assertThat(overview.path("categories").valueStream().map(it -> it.path("name").asString()))
        .containsExactly("Organiseren", "Meedoen", "Zelfvertrouwen", "Autonomie");
    assertThat(overview.path("correction_factor").asDouble()).isBetween(0.90, 1.10);
    assertThat(overview.path("teammates").valueStream().map(JsonNode::asString))
        .containsExactly("Daan Jansen", "Fleur van der Berg", "Youssef El Amrani");
    assertThat(overview.path("teacher_remark").asString()).startsWith("Sterk hoe je de planning");
    JsonNode unseen = team.pupil(458).get(evaluations + "/123/students/458/overview").json();
    assertThat(unseen.path("correction_factor").isNull()).isTrue();
    assertThat(unseen.path("categories").path(0).path("average").isNull()).isTrue();

    String status = "update team_evaluation set status = ? where id = 122";
    var _ = team.sql().sql(status).param("draft").update();
    try {
      assertThat(sanne.get(evaluations).json().path("evaluations")).hasSize(1);
      assertThat(teacher.get(evaluations).json().path("evaluations")).hasSize(2);
      assertThat(sanne.get(evaluations + "/122").body())
          .isEqualTo(Team.NOT_FOUND.formatted("Evaluation"));
      assertThat(teacher.post(evaluations + "/122/close").status()).isEqualTo(400);
    } finally {
      var _ = team.sql().sql(status).param("closed").update();
    }
  }
}
