package dev.handoff.jdbc.sql;

import dev.handoff.HandoffException;
import java.sql.SQLException;

/// The refusal of a write in a caller's read-only transaction.
public final class ReadOnlyTransaction {
  private static final String MESSAGE =
      "the transaction that this thread is in is read-only, and nothing can be stored in it; call"
          + " this in one that may write, or outside of it";

  private ReadOnlyTransaction() {}

  public static HandoffException refused() {
    return new HandoffException(MESSAGE);
  }

  public static HandoffException refused(SQLException e) {
    return new HandoffException(MESSAGE, e);
  }
}
