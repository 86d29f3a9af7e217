package dev.handoff.jdbc.sql;

import java.sql.Connection;

/// [dev.handoff.UncachedResult] for both stores. It writes nothing itself: a result with effects is
/// not given to equal tasks.
record KeptResult() implements ConnectionEffect {
  @Override
  public void apply(Connection connection) {}
}
