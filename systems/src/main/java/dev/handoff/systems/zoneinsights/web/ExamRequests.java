package dev.handoff.systems.zoneinsights.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.zoneinsights.ExamAnswer.Given;
import dev.handoff.systems.zoneinsights.Exams.ExamRequest;
import dev.handoff.systems.zoneinsights.Grading.ClientTimes;
import dev.handoff.systems.zoneinsights.Question;
import dev.handoff.systems.zoneinsights.ZoneRefusals;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what students send and refuses what makes no sense.
final class ExamRequests {
  static final String NO_TEST = "Test session not found.";
  static final String NO_QUESTION = "Question not found.";

  private static final int LONGEST_ANSWER = 2_000;
  private static final int LONGEST_TEST = 300;
  private static final int A_DAY = 86_400;
  private static final int MOST_VISITS = 10_000;
  private static final Set<String> TYPES = Set.of("random", "custom", "search");

  private ExamRequests() {}

  /// The id in a path; nothing for what is no number.
  static Optional<Long> id(String path) {
    return path.matches("\\d{1,18}") ? Optional.of(Long.parseLong(path)) : Optional.empty();
  }

  static ExamRequest wish(JsonBody body) {
    List<Long> topics = body.wholes("selected_topics");
    String type = body.text("test_type").orElse("custom");
    if (!TYPES.contains(type)) {
      throw ZoneRefusals.invalid("Test type must be 'random', 'custom', or 'search'.");
    }
    if (topics.isEmpty() && !type.equals("random")) {
      throw ZoneRefusals.invalid("Select at least one topic.");
    }
    Optional<Integer> count = small(body, "question_count");
    Optional<Integer> limit = small(body, "time_limit");
    boolean byTime =
        body.text("selection_mode")
            .map(ExamRequests::isByTime)
            .orElse(count.isEmpty() && limit.isPresent());
    if (byTime && limit.isEmpty()) {
      throw ZoneRefusals.invalid("Time limit is required when using time-based selection");
    }
    if (!byTime && count.isEmpty()) {
      throw ZoneRefusals.invalid("Question count is required when using count-based selection");
    }
    limit.ifPresent(minutes -> requireBetween("Time limit in minutes", minutes, 1, LONGEST_TEST));
    // The kinds that a request may name are all made to measure.
    return new ExamRequest("custom", topics, byTime ? Optional.empty() : count, limit);
  }

  private static boolean isByTime(String mode) {
    return switch (mode) {
      case "time_limit" -> true;
      case "question_count" -> false;
      default ->
          throw ZoneRefusals.invalid("Selection mode must be 'question_count' or 'time_limit'.");
    };
  }

  /// An answer as it is after this request: what is not named stays as it was.
  static Given changed(Given before, JsonBody body, Instant now) {
    Optional<String> letter = body.text("selected_answer").filter(text -> !text.isBlank());
    Optional<String> text = body.text("text_answer");
    boolean answers = body.has("selected_answer") || body.has("text_answer");
    return new Given(
        body.has("selected_answer") ? letter.orElse(null) : before.letter(),
        body.has("text_answer") ? text.orElse(null) : before.text(),
        body.flag("marked_for_review").orElse(before.marked()),
        small(body, "time_taken").orElse(before.seconds()),
        small(body, "visit_count").orElse(before.visits()),
        answers ? now : before.at());
  }

  /// Refuses an answer that no question can have.
  static void requireAnswer(JsonBody body) {
    body.text("selected_answer")
        .filter(letter -> !letter.isBlank() && !Question.LETTERS.contains(letter))
        .ifPresent(_ -> {
          throw ZoneRefusals.invalid("Must be 'A', 'B', 'C', or 'D'.");
        });
    String text = body.text("text_answer").orElse("");
    if (text.length() > LONGEST_ANSWER) {
      throw ZoneRefusals.invalid("Answer must not exceed 2000 characters.");
    }
    // PostgreSQL keeps no such text.
    if (text.indexOf('\0') >= 0) {
      throw RefusedException.unreadable();
    }
    small(body, "time_taken").ifPresent(it -> requireBetween("time_taken", it, 0, A_DAY));
    small(body, "visit_count").ifPresent(it -> requireBetween("visit_count", it, 0, MOST_VISITS));
    var _ = body.flag("marked_for_review");
  }

  static long required(JsonBody body, String field) {
    return body.whole(field).orElseThrow(() -> ZoneRefusals.invalid(field + " is required."));
  }

  static int timeSpent(JsonBody body) {
    int spent =
        small(body, "time_spent")
            .orElseThrow(() -> ZoneRefusals.invalid("time_spent is required."));
    requireBetween("time_spent", spent, 0, A_DAY);
    return spent;
  }

  /// An answer after one more visit to its question.
  static Given visited(Given before, int seconds) {
    return new Given(
        before.letter(),
        before.text(),
        before.marked(),
        Math.min(before.seconds() + seconds, A_DAY),
        Math.min(before.visits() + 1, MOST_VISITS),
        before.at());
  }

  static ClientTimes times(JsonBody body) {
    return new ClientTimes(
        time(body, "clientStartTime", "client_start_time"),
        time(body, "clientEndTime", "client_end_time"));
  }

  // One that cannot be read counts as none: the server has its own.
  private static Optional<Instant> time(JsonBody body, String name, String otherName) {
    try {
      return body.text(name)
          .or(() -> body.text(otherName))
          .map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> small(JsonBody body, String field) {
    return body.whole(field).map(value -> Math.clamp(value, -1, Integer.MAX_VALUE));
  }

  private static void requireBetween(String what, int value, int from, int to) {
    if (value < from || value > to) {
      throw ZoneRefusals.invalid(what + " must be between " + from + " and " + to + ".");
    }
  }
}
