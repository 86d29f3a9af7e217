package dev.handoff.store;

import dev.handoff.NodeId;
import dev.handoff.Role;

/// A running engine, as other nodes see it.
public record Node(NodeId id, Role role) {}
