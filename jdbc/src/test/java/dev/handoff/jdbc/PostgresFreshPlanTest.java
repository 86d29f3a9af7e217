package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.jdbc.PostgresPlanLog.PlannedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A new system is busy before the server has looked at its tables for the first time. What was
/// planned while they were empty is kept until then, and a submit has to go by the indexes.
final class PostgresFreshPlanTest {
  private static final int TIMES = 12;
  private static final int WAITING = 30_000;
  private static final int DELAYED = 30_000;
  private static final int ENDED = 30_000;
  private static final int MOST_PAGES = 500;

  @Test
  void aSubmitThatWasPlannedForEmptyTablesGoesByTheIndexes() throws Exception {
    try (PostgresPlanLog log = PostgresPlanLog.start()) {
      log.execute(List.of("alter system set autovacuum = off", "select pg_reload_conf()"));
      try (PostgresDatabase database = log.open()) {
        PostgresPlanTraffic traffic = new PostgresPlanTraffic(database);
        traffic.submitAndClaim(TIMES);
        log.execute(PostgresPlanRows.few(WAITING, DELAYED, ENDED));
        traffic.submitAndClaim(TIMES);
      }
      List<PlannedStatement> submits =
          log.seen().stream()
              .filter(
                  it -> it.sql().startsWith("with") && it.sql().contains("into handoff_submitted"))
              .toList();
      assertThat(submits).hasSizeGreaterThan(10 * TIMES);
      assertThat(submits.stream().filter(it -> it.pages() > MOST_PAGES).distinct()).isEmpty();
    }
  }
}
