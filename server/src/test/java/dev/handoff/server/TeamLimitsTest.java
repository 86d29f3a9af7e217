package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How often a call may be made (F18, F19). Time stands still but for what the test lets pass.
final class TeamLimitsTest {
  @Test
  void theEleventhRequestInAMinuteWaitsAndPollingNever() {
    TestClock clock = TestClock.atNine();
    try (TestServer server =
        TestServer.startAt(clock, TestServer.temporaryFolder(), "handoff.demo=true")) {
      Team team = new Team(server);
      Client sanne = team.pupil(456);
      String path = Team.of(123, 456) + "/queue";

      for (int i = 1; i <= 10; i++) {
        HttpAnswer taken = sanne.post(path);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.header("X-RateLimit-Limit")).isEqualTo("10");
        assertThat(taken.header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(10 - i));
        assertThat(taken.header("X-RateLimit-Reset")).matches("\\d{9,11}");
      }
      clock.advance(Duration.ofSeconds(20));
      HttpAnswer refused = sanne.post(path);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("40");
      assertThat(refused.body())
          .isEqualTo(json("{'detail':'Rate limit exceeded. Retry after 40 seconds.'}"));
      // Neither another form of the address nor another call shares or evades the limit.
      assertThat(sanne.post("/feedback-summaries/evaluation/123/student/456/queue/").status())
          .isEqualTo(429);
      assertThat(sanne.post(path.replace("queue", "%71ueue")).status()).isEqualTo(429);
      assertThat(sanne.get(Team.of(123, 456) + "/quotes").status()).isEqualTo(200);
      assertThat(team.teacher().post(path).status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(41));
      HttpAnswer again = sanne.post(path);
      assertThat(again.status()).isEqualTo(200);

      String batch = Team.CALLS + "/evaluation/123/batch-queue";
      for (int i = 1; i <= 5; i++) {
        assertThat(team.teacher().post(batch, json("{'student_ids':[457]}")).status())
            .isEqualTo(200);
      }
      assertThat(team.teacher().post(batch, json("{'student_ids':[457]}")).status()).isEqualTo(429);

      // Two minutes of polling every three seconds, and far more than that at once.
      for (int i = 0; i < 150; i++) {
        HttpAnswer polled = sanne.get(Team.status(again.text("job_id")));
        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.header("X-RateLimit-Limit")).isEmpty();
      }
      for (int i = 1; i <= 100; i++) {
        assertThat(team.teacher().get(Team.CALLS + "/queue/stats").status()).isEqualTo(200);
      }
      assertThat(team.teacher().get(Team.CALLS + "/queue/stats").status()).isEqualTo(429);
    }
  }
}
