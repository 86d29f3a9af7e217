package dev.handoff.jdbc.sql;

import dev.handoff.Effect;
import dev.handoff.UncachedResult;
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
      switch (effect) {
        case ConnectionEffect write -> writes.add(write);
        case UncachedResult ignored -> writes.add(new KeptResult());
        default ->
            throw new IllegalArgumentException(
                "this store takes effects of type SqlEffect, was " + effect.getClass().getName());
      }
    }
    return writes;
  }
}
