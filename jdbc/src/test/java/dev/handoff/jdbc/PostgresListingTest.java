package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.jdbc.postgres.Listing;
import dev.handoff.jdbc.postgres.OwnerReads;
import dev.handoff.jdbc.row.ListPage;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.store.NewTask;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Holds the lists to their indexes: what a page costs must not grow with the tasks of an owner or
/// a tenant.
final class PostgresListingTest {
  private static final int TASKS = 4_000;

  private final TestClock clock = TestClock.atNine();

  // Half of the tasks are of one owner, and half of them are in one tenant.
  private List<NewTask> tasks() {
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      Submission submission = Submission.by(i % 2 == 0 ? "asha" : "owner-" + i % 99);
      tasks.add(
          aTask().with(i % 4 < 2 ? submission.inTenant("school") : submission).at(clock.instant()));
    }
    return tasks;
  }

  private interface Look {
    void at(SqlSession session) throws Exception;
  }

  private void withTasks(Look look) throws Exception {
    TestDatabase data = EmptyDatabases.take();
    try (PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
        TaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
        Connection connection = database.dataSource().getConnection();
        SqlSession session = new SqlSession(connection, TextForm.WITHOUT_NUL)) {
      var _ = store.submit(tasks());
      try (Statement statement = connection.createStatement()) {
        statement.execute("analyze handoff_task, handoff_submitted");
      }
      look.at(session);
    } finally {
      EmptyDatabases.giveBack(data);
    }
  }

  @Test
  void readsAPageFromTheEndOfAnIndex() throws Exception {
    withTasks(session -> {
      assertThat(plan(session, TaskQuery.by("asha"), Listing.OF_OWNER))
          .contains("Scan Backward using handoff_submitted_owned")
          .doesNotContain("Sort", "Seq Scan", "Hash");
      assertThat(plan(session, TaskQuery.by("owner-7"), Listing.OF_OWNER))
          .contains("Scan Backward using handoff_submitted_owned")
          .doesNotContain("Sort", "Seq Scan", "Hash");
      assertThat(plan(session, TaskQuery.by("asha").inTenant("school"), Listing.OF_OWNER_IN_TENANT))
          .contains("Scan Backward using handoff_submitted_owned")
          .doesNotContain("Sort", "Seq Scan", "Hash");
      assertThat(plan(session, TaskQuery.EVERYTHING.inTenant("school"), Listing.OF_TENANT))
          .contains("Scan Backward using handoff_submitted_tenant")
          .doesNotContain("Sort", "Seq Scan", "Hash");
      assertThat(plan(session, TaskQuery.EVERYTHING, Listing.OF_ALL))
          .contains("Index Scan Backward using handoff_task_pkey")
          .doesNotContain("Sort", "Seq Scan", "Hash");
    });
  }

  @Test
  void findsWhatIsNewOfAnOwnerByTheIndex() throws Exception {
    withTasks(session -> {
      assertThat(
              lines(
                  session
                      .sql("explain " + OwnerReads.CHANGES)
                      .set("owner", "asha")
                      .set("tenant", "school")
                      .set("below", TaskId.firstAt(clock.instant()).toString())
                      .set("lowest", TaskQuery.EVERYTHING.lowest().toString())
                      .set("since", clock.instant())
                      .set("now", clock.instant())
                      .set("at_most", 50)))
          .contains("Scan Backward using handoff_submitted_owned")
          .doesNotContain("Sort", "Seq Scan", "Hash");
      assertThat(
              lines(
                  session
                      .sql("explain " + OwnerReads.NEWEST)
                      .setTexts("owners", List.of("asha", "owner-7"))
                      .set("after", TaskQuery.EVERYTHING.lowest().toString())
                      .set("at_most", 50)))
          .contains("Scan using handoff_submitted_owned")
          .doesNotContain("Seq Scan", "Bitmap", "Hash");
    });
  }

  private static String lines(BoundStatement explained) throws Exception {
    return String.join("\n", explained.list(row -> row.text("QUERY PLAN")));
  }

  private String plan(SqlSession session, TaskQuery query, String sql) throws Exception {
    BoundStatement explain = session.sql("explain " + sql);
    if (query.owner() != null) {
      explain.set("owner", query.owner());
    }
    if (query.tenant() != null) {
      explain.set("tenant", query.tenant());
    }
    ListPage page = ListPage.of(query, Optional.empty(), 50);
    return lines(Listing.conditions(explain, page, clock.instant()));
  }
}
