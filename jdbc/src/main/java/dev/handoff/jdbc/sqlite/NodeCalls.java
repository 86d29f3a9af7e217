package dev.handoff.jdbc.sqlite;

import dev.handoff.NodeId;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import java.time.Instant;
import java.util.function.Supplier;

/// The store's calls on nodes. The end of a lease is asked for when its write has its turn, so a
/// write that waits does not shorten it.
public record NodeCalls(GroupWriter writer) {
  public void join(Node node, Supplier<Instant> leaseUntil) {
    writer.write(1, writing -> NodeTable.join(writing.session(), node, leaseUntil.get()));
  }

  public boolean renew(NodeId node, Supplier<Instant> leaseUntil) {
    return writer.write(1, writing -> NodeTable.renew(writing.session(), node, leaseUntil.get()));
  }

  public void leave(NodeId node) {
    writer.write(1, writing -> NodeTable.leave(writing, node));
  }

  /// Rescues tasks of nodes whose leases ended before this time.
  public RescueResult rescue(Instant lapsedAt, NodeId by, int atMost) {
    NodeTable.LapsedNodes gone = new NodeTable.LapsedNodes(lapsedAt, by);
    return writer.write(atMost, writing -> NodeTable.rescue(writing, gone, atMost));
  }
}
