package dev.handoff.engine;

import dev.handoff.Limits;
import dev.handoff.SoftLimitException;
import dev.handoff.Times;
import dev.handoff.store.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/// Runs calls of a handler that are interrupted at the attempt's soft limit.
final class SoftLimit {
  private final Claim claim;
  private final Limits limits;
  private final Deadlines deadlines;
  private volatile boolean exceeded;

  SoftLimit(Claim claim, Limits limits, Deadlines deadlines) {
    this.claim = claim;
    this.limits = limits;
    this.deadlines = deadlines;
  }

  <T> T run(Callable<T> work) throws Exception {
    Duration soft = limits.soft();
    if (soft == null) {
      return work.call();
    }
    Instant deadline = Times.plus(claim.claimedAt(), soft);
    LimitedCall call = new LimitedCall(Thread.currentThread());
    Deadlines.Deadline limit = deadlines.at(deadline, call::interrupt);
    try {
      return work.call();
    } catch (Exception e) {
      if (call.end()) {
        throw exceeded(soft, e);
      }
      throw e;
    } finally {
      deadlines.cancel(limit);
      // A call that returned in spite of the interrupt keeps its result, which may be half of one.
      // The interrupt was meant for it alone.
      if (call.end()) {
        exceeded = true;
      }
    }
  }

  /// Returns whether a call was ended by the limit: what the handler makes now is a fallback.
  boolean isExceeded() {
    return exceeded;
  }

  private SoftLimitException exceeded(Duration soft, Exception cause) {
    exceeded = true;
    SoftLimitException thrown = new SoftLimitException(claim.lease().task(), soft);
    thrown.addSuppressed(cause);
    return thrown;
  }

  /// A call that runs on a thread. It is interrupted at most once, and never after its end.
  private static final class LimitedCall {
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ended;
    private boolean interrupted;

    LimitedCall(Thread thread) {
      this.thread = thread;
    }

    void interrupt() {
      lock.lock();
      try {
        if (!ended) {
          interrupted = true;
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    /// Ends the call and clears its interrupt.
    ///
    /// @return whether it had been interrupted
    boolean end() {
      lock.lock();
      try {
        if (!ended && interrupted) {
          var ignored = Thread.interrupted();
        }
        ended = true;
        return interrupted;
      } finally {
        lock.unlock();
      }
    }
  }
}
