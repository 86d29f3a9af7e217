package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a teacher hears at once that something has changed in the class.
@OnBothStores
final class TeamLiveTest {
  private static final String LIVE = "/api/v1/team-evaluation/evaluations/123/live";
  private static final int PER_TEACHER = 3;

  private final Gate gate = Gate.closed();
  private TeamServer served;
  private TestServer server;
  private Team team;
  private Client teacher;

  @BeforeEach
  void start() {
    served =
        TeamServer.start(
            "handoff.streams.per-owner=" + PER_TEACHER,
            // Much longer than the test waits for the end of a stream.
            "spring.lifecycle.timeout-per-shutdown-phase=10m",
            "handoff.worker.drain=100ms",
            "handoff.systems.team-evaluation.concurrency=1");
    served.model().byDefault(ModelScript.hang(gate));
    server = served.server();
    team = served.team();
    teacher = team.teacher();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void eachOpenJobIsToldAsItStandsAndThenAtEachChange() {
    String job = Team.queue(teacher, 456);
    Team.await(teacher, job, it -> it.json().path("progress").asInt() == 80);
    String second = Team.queue(teacher, 457);

    try (Listener listener = Listener.at(teacher, LIVE)) {
      String head = listener.hear(json("'job_id':'%s','status':'queued'", second));
      assertThat(listener.hear(json("'job_id':'%s','status':'processing'", job)))
          .contains("event:job\n", json("data:{'job_id':'summary-123-45"));
      assertThat(head).contains("200 OK", "text/event-stream", "no-store", "X-Accel-Buffering: no");

      served.model().byDefault(Team.WRITER);
      gate.openForAll();

      String all = listener.hear(json("'job_id':'%s','status':'completed'", second));
      assertThat(all)
          .contains(json("'job_id':'%s','status':'completed'", job))
          .contains(json("'generation_method':'ai'"));
      await().until(() -> server.bean(Handoff.class).status().followers() == 0);
    }
  }

  @Test
  void aRefusalIsReadInJsonByWhoWantsAStream() {
    try (Listener pupil = Listener.at(team.pupil(456), LIVE)) {
      pupil.hear(json("{'detail':'Not allowed'}"));
    }
    try (Listener stranger = Listener.at(team.otherTeacher(), LIVE)) {
      stranger.hear(Team.NOT_FOUND.formatted("Evaluation"));
    }
    List<Listener> open = new ArrayList<>();
    for (int i = 0; i < PER_TEACHER; i++) {
      open.add(Listener.at(teacher, LIVE));
      open.getLast().hear(":jobs");
    }
    try (Listener tooMany = Listener.at(teacher, LIVE)) {
      assertThat(tooMany.hear("Too many open streams. Retry after 30 seconds."))
          .contains("429", "Retry-After: 30");
    }
    open.forEach(Listener::close);
  }

  @Test
  void theServerDoesNotWaitForThemWhenItStops() throws Exception {
    String job = Team.queue(teacher, 456);
    try (Listener listener = Listener.at(teacher, LIVE)) {
      listener.hear(job);

      Thread stopping = Thread.startVirtualThread(server::stop);

      assertThat(listener.hearToTheEnd()).contains("event:job");
      stopping.join();
    }
  }
}
