package dev.handoff.testing.simulation;

import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The clock of a simulation: it stands still while a thread goes on, and moves when the scheduler
/// says so. It can be stepped, as an operator sets a server's clock. Used on the simulation's
/// thread only.
public final class SimulatedClock implements TimeSource {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private final List<Runnable> listeners = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private Duration stepped = Duration.ZERO;

  /// What this clock shows: the time that has passed, and its steps.
  @Override
  public Instant instant() {
    return START.plus(passed).plus(stepped);
  }

  /// How much time has passed since the simulation began, whatever the clock shows.
  public Duration passed() {
    return passed;
  }

  void advanceTo(Duration time) {
    if (time.compareTo(passed) > 0) {
      passed = time;
    }
  }

  /// Sets the clock forward or back by this much.
  void step(Duration by) {
    stepped = stepped.plus(by);
    List.copyOf(listeners).forEach(Runnable::run);
  }

  @Override
  public void onJump(Runnable listener) {
    listeners.add(listener);
  }
}
