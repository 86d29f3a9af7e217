package dev.handoff.store;

import dev.handoff.NodeId;
import java.util.List;

/// What a node can take now: at most `atMost` tasks, of the types that have room. Types that are
/// full or unknown here are not named, and their tasks cost the claim nothing.
public record ClaimRequest(NodeId node, List<Room> rooms, int atMost) {
  /// Room for this many more attempts of a type.
  public record Room(String type, int atMost) {}

  public ClaimRequest {
    if (atMost < 1) {
      throw new IllegalArgumentException("a claim asks for at least 1 task, was " + atMost);
    }
    rooms = List.copyOf(rooms);
  }
}
