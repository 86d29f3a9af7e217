package dev.handoff.testing.simulation;

import dev.handoff.Effect;
import dev.handoff.NodeId;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import java.util.List;

/// The database under a simulation, which nodes share.
public interface SimulatedDatabase extends AutoCloseable {
  /// A store for this process.
  TaskStore open(SimulatedProcess process, TimeSource clock);

  /// Ends all connections of this process, which ran this node.
  void killed(SimulatedProcess process, NodeId node);

  /// Ends the session with which this process listens and holds its liveness lock, and refuses new
  /// ones until they are allowed again. Does nothing on a database without such sessions.
  default void refuseSessions(SimulatedProcess process, boolean refuse) {}

  /// An effect that writes a note.
  Effect note(String text);

  /// An effect that throws this.
  Effect failing(Throwable thrown);

  List<String> notes();

  /// Ends it, after the run.
  @Override
  default void close() {}

  /// A copy of all that is committed, as an asynchronous standby has it.
  Copy copy();

  /// A state that this database can go back to.
  interface Copy {
    /// Makes it the database's state, as the promotion of a standby does.
    void promote();
  }
}
