package dev.handoff;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Named limits in front of something scarce, shared by all nodes: a provider's key, a customer, a
/// machine. A task passes the gates of its type ([Policy#through]) and of its submission
/// ([Submission#through]); it waits in the queue, without costing an attempt, while one of them is
/// closed, paused or full. Tasks of other gates go on. A gate that was never set has no limits.
///
/// A name that ends in `:*`, such as `tenant:*`, sets the limits of all gates that begin so and
/// have none of their own; the longest one counts.
///
/// Safe for use by many threads. A call blocks until its write is durable, and takes effect on
/// every node within a second, usually at once.
public interface Gates {
  /// The longest name, in characters.
  int NAME_LIMIT = 200;

  /// The most gates that one task passes.
  int GATES_PER_TASK = 4;

  /// The longest time a gate is closed for at once.
  Duration LONGEST_CLOSING = Duration.ofDays(366);

  /// Sets the limits of a gate or a family of gates, in place of those before. Tasks that run go
  /// on.
  ///
  /// @throws IllegalArgumentException for a name that no gate can have
  void set(String name, GateLimits limits);

  /// Closes a gate until then: no attempt starts. Replaces an earlier closing.
  ///
  /// @param until a past time opens the gate
  /// @throws IllegalArgumentException when that is more than [#LONGEST_CLOSING] away, or for a name
  ///   that no gate can have, or a family's
  void close(String name, Instant until, String reason);

  /// Opens a closed gate.
  ///
  /// @return whether it was closed
  boolean open(String name);

  /// Removes a gate with its limits, its closing and what was counted. Tasks that wait for it
  /// start, or wait for the limits of its family.
  ///
  /// @return whether it was there
  boolean remove(String name);

  /// Returns a gate that was set or closed; empty for others, which have no limits of their own.
  Optional<GateState> find(String name);

  /// Returns the gates that were set or closed, in the order of their names.
  ///
  /// @param after where to go on; "" for the first page
  /// @param atMost 1 to [TaskQuery#PAGE_LIMIT]
  List<GateState> list(String after, int atMost);

  /// Returns the gate that keeps a task of these gates from starting now, of several the one that
  /// has room last; empty while all have room. Writes nothing.
  ///
  /// @throws IllegalArgumentException for names that no task can pass together
  Optional<Hold> holding(Collection<String> names);

  /// A gate without room. `until` is when it has some again; null while its places are taken, which
  /// ends when a task does.
  record Hold(String gate, @Nullable Instant until) {}

  /// Returns the gate of this name as a handler sees it.
  ///
  /// @throws IllegalArgumentException for a name that no gate can have
  TaskGate gate(String name);

  /// A gate as it stands. `limits` are its own; `closing` is null unless it is closed; `running`
  /// counts the attempts that hold a place.
  record GateState(String name, GateLimits limits, @Nullable Closing closing, int running) {}

  /// Until when a gate is closed, and why.
  record Closing(Instant until, String reason) {
    private static final int REASON_LIMIT = 500;

    /// Cuts a reason of more than 500 characters.
    public Closing {
      reason = Texts.cut(reason, REASON_LIMIT);
    }
  }

  /// Returns the name if a task can pass a gate of this name: 1 to 200 characters, not blank,
  /// without control characters, and no family's.
  ///
  /// @throws IllegalArgumentException when not
  static String requireName(String name) {
    requireFamilyOrName(name);
    if (isFamily(name)) {
      throw new IllegalArgumentException("'" + name + "' names a family of gates, not one of them");
    }
    return name;
  }

  /// Returns the name if limits can be set for it: a gate's, or a family's.
  ///
  /// @throws IllegalArgumentException when not
  static String requireFamilyOrName(String name) {
    Submission.requireKey("a gate's name", name);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a gate's name has no control characters");
    }
    if (name.endsWith("*") && !isFamily(name)) {
      throw new IllegalArgumentException(
          "a family of gates is named by a prefix that ends in a colon, as 'tenant:*', was '"
              + name
              + "'");
    }
    return name;
  }

  private static boolean isFamily(String name) {
    return name.endsWith(":*");
  }

  /// Returns the gates of one task: each once, in order.
  ///
  /// @throws IllegalArgumentException for more than [#GATES_PER_TASK], or a name that no gate has
  static List<String> requireGates(Collection<String> names) {
    List<String> gates = names.stream().map(Gates::requireName).distinct().sorted().toList();
    if (gates.size() > GATES_PER_TASK) {
      throw new IllegalArgumentException(
          "a task passes at most " + GATES_PER_TASK + " gates, were " + gates.size());
    }
    return gates;
  }
}
