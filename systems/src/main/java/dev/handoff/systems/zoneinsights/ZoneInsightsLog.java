package dev.handoff.systems.zoneinsights;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the lines that operators of the zone insights look for.
final class ZoneInsightsLog {
  private final Logger log = LoggerFactory.getLogger(ZoneInsightsLog.class);

  void enqueuing(long session) {
    log.info("Enqueuing zone insights generation for session {}", session);
  }

  void notEnqueued(long session, Throwable why) {
    log.error(
        "Zone insights generation for session {} could not be enqueued: {}",
        session,
        why.getMessage());
  }

  void submittedOverdue(long session) {
    log.info("Test session {} was submitted because its time is over", session);
  }

  void starting(long session, int attempt) {
    log.info("Starting zone insights generation for session {} attempt={}", session, attempt);
  }

  void fellBack(long session, Subject subject) {
    log.warn("Zone insights of session {} fell back to rules subject={}", session, subject.label());
  }

  void done(long session, int subjects) {
    log.info("Zone insights generation for session {} done subjects={}", session, subjects);
  }
}
