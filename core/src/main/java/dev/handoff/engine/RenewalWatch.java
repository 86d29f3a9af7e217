package dev.handoff.engine;

import dev.handoff.LeaseTerms;
import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Judges by this node's own renewals whether other nodes could renew theirs. When the store hangs
/// or the machine sleeps for longer than a lease, all leases lapse although no node is dead. So a
/// node that was late itself gives the others the length of a lease to renew first. Used by one
/// thread at a time.
final class RenewalWatch {
  private final TimeSource clock;
  private final Duration length;
  private final Duration slowAfter;
  private final Duration lateAfter;
  private @Nullable Instant tryingSince;
  private Instant began = Instant.MIN;
  private @Nullable Instant ended;
  private @Nullable Instant slowAt;

  RenewalWatch(TimeSource clock, LeaseTerms terms) {
    this.clock = clock;
    this.length = terms.length();
    // Another's renewal fails when it is late by length less renewEvery. Of a pause that long this
    // node sees nearly all, whenever its own renewal began; a quarter is on the safe side.
    this.slowAfter = terms.length().minus(terms.renewEvery()).dividedBy(4);
    this.lateAfter = terms.renewEvery().plus(slowAfter);
  }

  /// Called when a renewal is due. If it comes late, this node or the machine has hung since the
  /// last one.
  void due() {
    Instant now = clock.instant();
    if (ended != null && Duration.between(ended, now).compareTo(lateAfter) > 0) {
      slowAt = now;
    }
  }

  /// Called before a renewal. A renewal that failed counts as the same one.
  void begin() {
    if (tryingSince == null) {
      tryingSince = clock.instant();
    }
  }

  /// Called when the renewal is written.
  ///
  /// @return whether it took so long that the lease it wrote may be short
  boolean end() {
    began = tryingSince == null ? clock.instant() : tryingSince;
    tryingSince = null;
    ended = clock.instant();
    return isStale();
  }

  /// Returns whether a node whose lease has lapsed is dead.
  boolean lapsedIsDead() {
    if (tryingSince != null || isStale()) {
      return false;
    }
    Instant now = clock.instant();
    // A clock that was set back must not prolong the wait.
    return slowAt == null || now.isBefore(slowAt) || !now.isBefore(slowAt.plus(length));
  }

  private boolean isStale() {
    Instant now = clock.instant();
    boolean stale = Duration.between(began, now).compareTo(slowAfter) > 0;
    if (stale) {
      slowAt = now;
    }
    return stale;
  }
}
