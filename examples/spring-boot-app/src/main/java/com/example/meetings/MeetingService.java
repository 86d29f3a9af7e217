package com.example.meetings;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Keeps meetings, and has their notes summarised.
@Service
public class MeetingService {
  private final JdbcClient sql;
  private final Handoff handoff;

  MeetingService(JdbcClient sql, Handoff handoff) {
    this.sql = sql;
    this.handoff = handoff;
  }

  /// Saves the notes and hands off their summary, both or neither.
  ///
  /// @throws TitleTakenException when the owner has a meeting of this title
  @Transactional
  public Meeting add(String owner, String title, String notes) {
    String id = UUID.randomUUID().toString();
    TaskId task =
        handoff.submit(
            SummaryTask.SUMMARY, new SummaryTask.Notes(id, notes), Submission.by(owner).about(id));
    int saved =
        sql.sql(
                "insert into meeting (id, owner, title, notes, task) values (?, ?, ?, ?, ?)"
                    + " on conflict (owner, title) do nothing")
            .params(id, owner, title, notes, task.toString())
            .update();
    if (saved == 0) {
      throw new TitleTakenException(title); // rolls back, and the task never existed
    }
    return new Meeting(id, owner, title, notes, task.toString(), null);
  }

  /// The owner's meeting with this id.
  @Transactional(readOnly = true)
  public Optional<Meeting> find(String owner, String id) {
    return sql.sql("select * from meeting where owner = ? and id = ?")
        .params(owner, id)
        .query(Meeting.class)
        .optional();
  }
}
