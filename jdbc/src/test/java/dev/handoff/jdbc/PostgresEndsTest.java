package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EndListener;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.engine.EngineFixture;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ends on several nodes: whichever ended a task, one that listens announces it.
final class PostgresEndsTest {
  private static final TaskType<String, String> WORK =
      TaskType.of("work", String.class, String.class);

  private TestDatabase data;
  private Cluster cluster;

  @BeforeEach
  void open() {
    data = EmptyDatabases.take();
    cluster = new Cluster(data);
  }

  @AfterEach
  void close() {
    cluster.close();
    EmptyDatabases.giveBack(data);
  }

  private static EndListener into(Queue<TaskId> told) {
    return new EndListener() {
      @Override
      public boolean wants(String type, Submission submission) {
        return true;
      }

      @Override
      public void onEnd(Task task) {
        told.add(task.id());
      }
    };
  }

  private Handoff node(Role role) {
    return cluster.start(
        HandoffConfig.defaults().withRole(role),
        WORK.handledBy((name, _) -> Outcome.done("Hello " + name)));
  }

  @Test
  void aNodeThatRunsNoTasksAnnouncesWhatTheWorkersEnded() {
    Queue<TaskId> told = new ConcurrentLinkedQueue<>();
    var _ = node(Role.WORKER);
    cluster.announcingTo(into(told));
    Handoff front = node(Role.API);

    long begin = System.nanoTime();
    TaskId task = front.submit(WORK, "Asha", Submission.by("asha"));

    await().atMost(EngineFixture.PATIENCE).until(() -> told.contains(task));
    // By the hint, not by the look every 15 seconds.
    assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
  }

  @Test
  void severalNodesShareTheEndsAndNoneIsToldTwice() {
    Queue<TaskId> told = new ConcurrentLinkedQueue<>();
    cluster.announcingTo(into(told));
    Handoff first = node(Role.ALL);
    var _ = node(Role.ALL);
    var _ = node(Role.ALL);

    List<TaskId> all =
        first.submitAll(WORK, Collections.nCopies(300, "Asha"), Submission.by("asha"));

    await().atMost(EngineFixture.PATIENCE).until(() -> told.size() >= all.size());
    assertThat(told).containsExactlyInAnyOrderElementsOf(all);
  }
}
