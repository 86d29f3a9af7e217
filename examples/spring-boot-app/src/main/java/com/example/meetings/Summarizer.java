package com.example.meetings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Stands for a language model: it needs no network, but it takes as long for each sentence.
@Component
class Summarizer {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final Duration pause;

  Summarizer(@Value("${meetings.model.pause}") Duration pause) {
    this.pause = pause;
  }

  /// The lines of the notes that say what was decided or is to be done.
  List<String> points(String notes) {
    return notes
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("-") || line.startsWith("*"))
        .map(line -> line.substring(1).strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /// A point as a sentence.
  String sentence(String point) throws InterruptedException {
    var _ = NEVER.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    String end = point.endsWith(".") ? " " : ". ";
    return Character.toUpperCase(point.charAt(0)) + point.substring(1) + end;
  }
}
