package dev.handoff.store;

import java.util.List;
import java.util.Optional;

/// A node that can start new tasks in the commit that stores them, which saves an idle node a
/// second commit.
public interface Claimant {
  Claimant NOBODY = Optional::empty;

  /// Returns an offer of free slots; empty when the node has none, or when older tasks wait for
  /// them. The caller closes the offer soon and on the same thread, because the node claims nothing
  /// while it is open.
  Optional<Offer> offer();

  /// Slots that are kept free for the tasks of one submit. Used by the thread that got it.
  interface Offer extends AutoCloseable {
    /// Returns how many tasks of which types the node can start.
    ClaimRequest request();

    /// Starts attempts of these claims, which are committed, and ends the offer. At most one call.
    void start(List<Claim> claims);

    /// Ends the offer. Does nothing after [#start].
    @Override
    void close();
  }
}
