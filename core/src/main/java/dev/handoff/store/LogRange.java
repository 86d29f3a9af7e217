package dev.handoff.store;

import dev.handoff.TaskId;

/// Which part of a task's log is wanted.
///
/// @param from the number of the first event, from 1
/// @param atMost the most events, at least 3
/// @param bytes about how large the part may be: three events come however large they are, and
///   others only while those before the last three have less than this
public record LogRange(TaskId task, long from, int atMost, int bytes) {
  public LogRange {
    if (from < 1 || atMost < 3 || bytes < 1) {
      throw new IllegalArgumentException("a part of a log has a first number and room for three");
    }
  }
}
