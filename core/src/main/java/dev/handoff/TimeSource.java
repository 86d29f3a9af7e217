package dev.handoff;

import java.time.Instant;
import java.time.InstantSource;

/// The clock of an engine and its store. Real time passes by itself; the clock of a test jumps, and
/// notifies the waiting loops.
public interface TimeSource extends InstantSource {
  /// Returns a source of the system's time.
  static TimeSource system() {
    InstantSource source = InstantSource.system();
    return new TimeSource() {
      @Override
      public Instant instant() {
        return source.instant();
      }

      @Override
      public void onJump(Runnable listener) {
        // Real time never jumps forward unannounced as far as the loops are concerned: they look
        // again by themselves.
      }
    };
  }

  /// Registers a listener that is called when time has jumped.
  void onJump(Runnable listener);
}
