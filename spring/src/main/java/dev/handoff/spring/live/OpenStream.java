package dev.handoff.spring.live;

/// A connection that stays open and is maintained by [TaskStreams]. Times are of
/// `System.nanoTime()`. Safe for use by many threads.
interface OpenStream {
  /// The owner for whose limit it counts.
  String owner();

  /// Called about once a second: releases memory that is no longer needed, and closes the stream at
  /// the end of its time. Returns at once.
  void tend(long now);

  /// Whether a ping is due, because nothing was written for a while.
  boolean wantsPing(long now);

  /// Writes a ping. May wait for the reader.
  void ping();

  /// Closes it because its credential is no longer valid. May wait for the reader, at most a
  /// second.
  void revoke();

  /// Closes it because the node stops. May wait for the reader, at most a second.
  void stop();
}
