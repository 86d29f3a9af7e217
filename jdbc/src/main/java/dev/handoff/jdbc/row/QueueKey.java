package dev.handoff.jdbc.row;

import dev.handoff.Priority;
import dev.handoff.Submission;

/// A queue: the waiting tasks of one type and priority that pass the same gates.
public record QueueKey(String type, Priority priority, String gates) {
  public static QueueKey of(String type, Submission submission) {
    return new QueueKey(type, submission.priority(), GatedLine.text(submission.gates()));
  }

  public GatedLine line() {
    return new GatedLine(type, gates);
  }
}
