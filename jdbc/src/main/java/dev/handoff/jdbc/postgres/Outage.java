package dev.handoff.jdbc.postgres;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether a database server is known to be away. Safe for use by many threads.
public final class Outage {
  private final AtomicReference<@Nullable SQLException> cause = new AtomicReference<>();

  /// What was seen of it; null while the server is there.
  public @Nullable SQLException known() {
    return cause.get();
  }

  /// Notes that the server is away.
  ///
  /// @return whether that is news
  boolean begin(SQLException seen) {
    return cause.compareAndSet(null, seen);
  }

  /// Notes that it is back.
  void end() {
    cause.set(null);
  }
}
