package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.AccountStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/// The two schools of a demo server, each with a class that has assessed itself. The same each
/// time; what is there already is left as it is.
record DemoSchools(JdbcOperations sql, AccountStore accounts) {
  private static final Duration UNTIL_DEADLINE = Duration.ofDays(14);

  private static final String SCHOOL =
      "insert into team_school (id, name, tenant) values (?, ?, ?) on conflict do nothing";
  private static final String USER =
      """
      insert into team_user
        (id, school_id, account_id, email, name, role, archived, class_name, team_number)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String EVALUATION =
      """
      insert into team_evaluation
        (id, school_id, title, evaluation_type, status, settings, closed_at)
      values (?, ?, ?, 'peer', ?, ?, ?)
      """;
  private static final String ALLOCATION =
      """
      insert into team_allocation
        (id, school_id, evaluation_id, reviewer_id, reviewee_id, is_self)
      values (?, ?, ?, ?, ?, ?)
      """;
  private static final String SCORE =
      """
      insert into team_score
        (id, school_id, allocation_id, criterion_id, score, comment, status)
      values (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String REMARK =
      "insert into team_remark (school_id, evaluation_id, student_id, text) values (?, ?, ?, ?)";

  /// Adds those schools that are not there, as of this time.
  void add(Instant now) {
    DemoClass.shipped()
        .forEach(school -> {
          if (sql.update(SCHOOL, school.id(), school.name(), school.tenant()) == 1) {
            people(school);
            evaluations(school, now);
          }
        });
  }

  private void people(DemoClass school) {
    List<Object[]> rows = new ArrayList<>();
    for (DemoClass.DemoPerson person : school.people()) {
      DemoClass.Seat seat = person.seat();
      rows.add(
          new @Nullable Object[] {
            person.id(),
            school.id(),
            accounts.findByName(person.email()).map(Account::id).map(Object::toString).orElse(null),
            person.email(),
            person.name(),
            seat == null ? "teacher" : "student",
            false,
            seat == null ? null : seat.className(),
            seat == null ? null : seat.team()
          });
    }
    var _ = sql.batchUpdate(USER, rows);
  }

  private void evaluations(DemoClass school, Instant now) {
    for (DemoClass.DemoRound round : school.rounds()) {
      boolean closed = round.status().equals("closed");
      Instant deadline = closed ? now.minus(UNTIL_DEADLINE) : now.plus(UNTIL_DEADLINE);
      LocalDate day = LocalDate.ofInstant(deadline, ZoneOffset.UTC);
      var _ =
          sql.update(
              EVALUATION,
              round.id(),
              school.id(),
              round.title(),
              round.status(),
              "{\"deadline\":\"" + day + "\"}",
              closed ? deadline.toEpochMilli() : null);
      assessments(school, round);
    }
    school
        .remarks()
        .forEach(remark ->
            sql.update(REMARK, school.id(), remark.round(), remark.student(), remark.text()));
  }

  private void assessments(DemoClass school, DemoClass.DemoRound round) {
    List<Object[]> allocations = new ArrayList<>();
    List<Object[]> scores = new ArrayList<>();
    long id = round.id() * 10_000;
    for (DemoClass.DemoPerson reviewer : school.students()) {
      for (DemoClass.DemoPerson reviewee : school.teamOf(reviewer)) {
        id++;
        boolean self = reviewer.equals(reviewee);
        allocations.add(
            new Object[] {id, school.id(), round.id(), reviewer.id(), reviewee.id(), self});
        for (DemoComments.DemoComment line :
            DemoComments.shipped().of(school, round, reviewer, reviewee)) {
          scores.add(
              new @Nullable Object[] {
                id * 10 + line.criterion(),
                school.id(),
                id,
                line.criterion(),
                line.score(),
                line.comment(),
                // Nobody has handed in anything about them.
                reviewee.isUnseen() && round.isOpen() ? "draft" : "submitted"
              });
        }
      }
    }
    var _ = sql.batchUpdate(ALLOCATION, allocations);
    var _ = sql.batchUpdate(SCORE, scores);
  }

  /// The lines of a shipped file that say something, each in its parts.
  static List<String[]> lines(String file) {
    try (var in = DemoSchools.class.getResourceAsStream(file)) {
      String text =
          new String(
              Objects.requireNonNull(in, file).readAllBytes(),
              java.nio.charset.StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s*\\|\\s*"))
          .toList();
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  static String emailOf(long student, String tenant) {
    return "%d@%s.test".formatted(student, tenant.replace("-", "").toLowerCase(Locale.ROOT));
  }
}
