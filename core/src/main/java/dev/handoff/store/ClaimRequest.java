package dev.handoff.store;

import dev.handoff.NodeId;
import java.util.List;

/// What a node can claim now: at most `atMost` tasks, of the types with free slots. Types that are
/// full or unknown on the node are not named, and their tasks cost the claim nothing.
public record ClaimRequest(NodeId node, List<Room> rooms, int atMost) {
  /// The free slots for attempts of a type.
  public record Room(String type, int atMost) {}

  public ClaimRequest {
    if (atMost < 1) {
      throw new IllegalArgumentException("a claim asks for at least 1 task, was " + atMost);
    }
    rooms = List.copyOf(rooms);
  }
}
