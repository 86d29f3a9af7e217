package dev.handoff.jdbc.sql;

import dev.handoff.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// An effect as both stores run it: a write through the connection whose transaction finishes the
/// task.
@FunctionalInterface
public interface ConnectionEffect extends Effect {
  void apply(Connection connection) throws SQLException;

  /// Casts effects to those that both stores can run.
  ///
  /// @throws IllegalArgumentException when one is of another kind
  static List<ConnectionEffect> all(List<? extends Effect> effects) {
    List<ConnectionEffect> writes = new ArrayList<>(effects.size());
    for (Effect effect : effects) {
      if (!(effect instanceof ConnectionEffect write)) {
        throw new IllegalArgumentException(
            "this store takes effects of type SqlEffect, was " + effect.getClass().getName());
      }
      writes.add(write);
    }
    return writes;
  }
}
