package dev.handoff.benchmarks.compare;

import java.io.IOException;

/// An empty store for one measurement; gone when closed.
interface MeasuredStore extends AutoCloseable {
  /// What the measured process is told.
  String address();

  @Override
  void close() throws IOException;
}
