package com.example.meetings;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.LogLevel;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.handoff.jdbc.SqlEffect;
import java.sql.PreparedStatement;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The slow work: a summary of a meeting's notes.
@Configuration(proxyBeanMethods = false)
class SummaryTask {
  static final TaskType<Notes, Summary> SUMMARY =
      TaskType.of("meeting-summary", Notes.class, Summary.class);

  record Notes(String meeting, String text) {}

  record Summary(String text, int sentences) {}

  @Bean
  HandledType<Notes, Summary> summaryHandler(Summarizer summarizer) {
    return SUMMARY.handledBy((notes, task) -> summarise(notes, task, summarizer));
  }

  private static Outcome<Summary> summarise(Notes notes, TaskContext task, Summarizer summarizer)
      throws Exception {
    task.progress(10, "Reading the notes");
    Points points =
        task.step(
            "points", // remembered: an attempt after a crash does not pay for it again
            Points.class,
            () -> {
              task.log(LogLevel.INFO, "The notes are read");
              return new Points(summarizer.points(notes.text()));
            });
    if (points.all().isEmpty()) {
      throw AttemptException.of(FailureKind.INVALID_REQUEST, "There is nothing in the notes.");
    }
    StringBuilder text = new StringBuilder();
    for (String point : points.all()) {
      String sentence = summarizer.sentence(point);
      task.emit(sentence); // seen at once, and replayed to whoever comes later
      text.append(sentence);
      int done = text.length() * 80 / Math.max(1, notes.text().length());
      task.progress(20 + Math.min(done, 79), "Writing the summary");
    }
    Summary summary = new Summary(text.toString(), points.all().size());
    return Outcome.done(summary, save(notes.meeting(), summary)); // both are committed, or neither
  }

  record Points(List<String> all) {}

  private static SqlEffect save(String meeting, Summary summary) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("update meeting set summary = ? where id = ?")) {
        update.setString(1, summary.text());
        update.setString(2, meeting);
        update.executeUpdate();
      }
    };
  }
}
