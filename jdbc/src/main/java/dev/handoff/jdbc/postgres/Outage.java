package dev.handoff.jdbc.postgres;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether the server is known to be unreachable. Safe for use by many threads.
public final class Outage {
  private final AtomicReference<@Nullable SQLException> cause = new AtomicReference<>();

  /// Returns the failure that showed the outage; null while the server is reachable.
  public @Nullable SQLException known() {
    return cause.get();
  }

  /// Begins an outage.
  ///
  /// @return false if one is known already
  boolean begin(SQLException seen) {
    return cause.compareAndSet(null, seen);
  }

  void end() {
    cause.set(null);
  }
}
