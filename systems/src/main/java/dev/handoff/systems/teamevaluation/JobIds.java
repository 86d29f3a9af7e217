package dev.handoff.systems.teamevaluation;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What clients call jobs: the evaluation, the pupil and the second, and a number where that second
/// has another one.
final class JobIds {
  private static final Pattern FORM =
      Pattern.compile("summary-\\d{1,18}-(\\d{1,18})-\\d{1,18}(?:-\\d{1,9})?");

  private JobIds() {}

  /// The id of a pupil's job, the how manieth of this second.
  static String of(Job.About about, Instant at, int number) {
    String id =
        "summary-%d-%d-%d".formatted(about.evaluation(), about.student(), at.getEpochSecond());
    return number == 1 ? id : id + "-" + number;
  }

  /// The pupil that an id names; -1 for one that names none.
  static long student(String id) {
    Matcher form = FORM.matcher(id);
    return form.matches() ? Long.parseLong(form.group(1)) : -1;
  }
}
