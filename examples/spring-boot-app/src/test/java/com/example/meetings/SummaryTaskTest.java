package com.example.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.FailureKind;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.spring.test.HandoffTest;
import dev.handoff.spring.test.TaskTester;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HandoffTest(
    value = {SummaryTask.class, Summarizer.class},
    properties = {"meetings.model.pause=0", "spring.sql.init.mode=always"})
final class SummaryTaskTest {
  @Autowired private TaskTester tester;
  @Autowired private JdbcClient sql;

  @Test
  void pointsBecomeSentences() {
    sql.sql("insert into meeting values ('m1', 'asha', 'Plan', '-', 't', null)").update();
    SummaryTask.Notes notes = new SummaryTask.Notes("m1", "Plan\n- ship it\n- write tests.");

    SummaryTask.Summary summary = tester.run(SummaryTask.SUMMARY, notes);

    assertThat(summary.text()).isEqualTo("Ship it. Write tests. ");
    assertThat(sql.sql("select summary from meeting").query(String.class).single())
        .isEqualTo(summary.text());
  }

  @Test
  void emptyNotesAreAFailure() {
    TaskId id = tester.submit(SummaryTask.SUMMARY, new SummaryTask.Notes("m2", "no points"));

    assertThat(tester.runToEnd(id).state())
        .isInstanceOfSatisfying(
            TaskState.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST));
  }
}
