package dev.handoff.store;

import dev.handoff.NodeId;
import dev.handoff.Role;
import java.util.Optional;
import java.util.Set;

/// A running engine, as other nodes see it. The types are those whose tasks it runs; empty while
/// they are not known, because its handlers are not collected yet.
public record Node(NodeId id, Role role, Optional<Set<String>> types) {
  public Node {
    types = types.map(Set::copyOf);
  }

  /// A node whose types are not known.
  public Node(NodeId id, Role role) {
    this(id, role, Optional.empty());
  }
}
