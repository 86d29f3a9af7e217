package dev.handoff.systems.zoneinsights;

import dev.handoff.TimeSource;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.zoneinsights.Grading.ClientTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Submits the tests whose time is over although no page did: the pupil left, or lost the network.
/// A page that is open has half a minute for its last answers. Safe for use by many threads.
public record OverdueTests(
    Exams exams, ZoneInsights insights, AccountStore accounts, TimeSource clock) {
  private static final Duration FOR_THE_PAGE = Duration.ofSeconds(30);
  private static final ZoneInsightsLog LOG = new ZoneInsightsLog();

  /// Submits a bounded number of them, the oldest first, and returns how many.
  public int submit() {
    List<Exam> overdue = exams.overdue(clock.instant().minus(FOR_THE_PAGE));
    for (Exam exam : overdue) {
      ClientTimes times =
          new ClientTimes(Optional.of(exam.course().startedAt()), Optional.of(exam.deadline()));
      var _ = insights.submit(exam.id(), studentOf(exam), times);
      LOG.submittedOverdue(exam.id());
    }
    return overdue.size();
  }

  private Caller studentOf(Exam exam) {
    return accounts
        .find(UUID.fromString(exam.student()))
        .map(Account::asCaller)
        .orElseGet(() -> new Caller(exam.student(), null));
  }
}
