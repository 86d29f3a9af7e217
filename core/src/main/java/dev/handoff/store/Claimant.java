package dev.handoff.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A node that can start new tasks in the commit that stores them, which spares an idle node a
/// second one.
public interface Claimant {
  /// Takes nothing.
  Claimant NOBODY =
      submit -> {
        var _ = submit.apply(Optional.empty());
      };

  /// Calls `submit` once, on this thread, with what the node can take at this moment if that is
  /// anything, and starts attempts of what it returns. What `submit` throws goes through.
  void take(Function<Optional<ClaimRequest>, List<Claim>> submit);
}
