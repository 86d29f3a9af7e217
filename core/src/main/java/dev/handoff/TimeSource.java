package dev.handoff;

import java.time.Instant;
import java.time.InstantSource;

/// The one clock of an engine and its store. Real time flows by itself; a test's clock jumps, and
/// tells the waiting loops so.
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

  /// Calls the listener whenever time moved other than by flowing.
  void onJump(Runnable listener);
}
