package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Closing an evaluation asks for the summaries that are missing: for all of them, or, when it
/// fails halfway, for none.
@OnBothStores
final class TeamClosingTest {
  private static final String EVALUATION = "/api/v1/team-evaluation/evaluations/123";
  private static final int PUPILS = 24;

  private TeamServer served;
  private ScriptedModelServer model;
  private Team team;
  private Client teacher;

  @BeforeEach
  void start() {
    served = TeamServer.start();
    model = served.model();
    team = served.team();
    teacher = team.teacher();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void asksForTheSummariesThatAreMissing() {
    Team.awaitStatus(teacher, Team.queue(teacher, 456), "completed");
    Team.awaitStatus(teacher, Team.queue(teacher, 457), "completed");
    model.byDefault(ModelScript.serverError());

    HttpAnswer closed = teacher.post(EVALUATION + "/close");
    HttpAnswer again = teacher.post(EVALUATION + "/close");

    assertThat(closed.body())
        .isEqualTo(json("{'evaluation_id':123,'status':'closed','queued':22}"));
    assertThat(again.json().path("queued").asInt()).isZero();
    // All but the one about whom nobody wrote have a summary then.
    await().until(() -> team.count("feedback_summaries") == PUPILS - 1);
    assertThat(status()).isEqualTo("closed");
  }

  @Test
  void asksForNoneWhenItFailsHalfway() {
    // The seventeenth of the class has a job already, and may have no second one.
    String job = Team.queue(teacher, 471);
    Team.awaitStatus(teacher, job, "completed");
    await().until(() -> team.count("feedback_summaries") == 1);
    var _ = team.sql().sql("delete from feedback_summaries").update();
    int asked = model.requests().size();
    var _ =
        team.sql()
            .sql("create unique index one_job on summary_generation_jobs (student_id)")
            .update();

    HttpAnswer failed = teacher.post(EVALUATION + "/close");

    assertThat(failed)
        .returns(500, HttpAnswer::status)
        .returns(
            json("{'detail':'Something went wrong on the server. Please try again.'}"),
            HttpAnswer::body);
    assertThat(status()).isEqualTo("open");
    assertThat(team.count("summary_generation_jobs")).isEqualTo(1);
    assertThat(tasks()).as("only the one of before").hasSize(1);
    assertThat(teacher.get(Team.CALLS + "/queue/stats").body())
        .contains(json("'queued_count':0,'processing_count':0,'completed_count':1"));

    var _ = team.sql().sql("drop index one_job").update();
    assertThat(teacher.post(EVALUATION + "/close").json().path("queued").asInt()).isEqualTo(PUPILS);
    await().until(() -> team.count("feedback_summaries") == PUPILS - 1);
    assertThat(model.requests()).hasSize(asked + 2 * (PUPILS - 1));
  }

  private String status() {
    return teacher.get(EVALUATION).json().path("evaluation").path("status").asString();
  }

  private List<TaskSummary> tasks() {
    return served
        .server()
        .bean(Handoff.class)
        .list(TaskQuery.EVERYTHING.inTenant("school-1"), Optional.empty(), TaskQuery.PAGE_LIMIT);
  }
}
