package dev.handoff.testing.store;

import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Claimant;
import java.util.List;

/// An offer of free slots that starts no attempts: the claims stay with the node in the store.
public record UnusedOffer(ClaimRequest request) implements Claimant.Offer {
  @Override
  public void start(List<Claim> claims) {
    // A test reads them from the store.
  }

  @Override
  public void close() {}
}
