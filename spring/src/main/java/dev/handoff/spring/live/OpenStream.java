package dev.handoff.spring.live;

/// A connection that stays open and is written to now and then, as [TaskStreams] tends it. Times
/// are of the system's nano clock. Safe for use by many threads.
interface OpenStream {
  /// In whose name it is counted.
  String owner();

  /// Called about once a second: lets go of what is not needed any more, and ends it if its time is
  /// over. Returns at once.
  void tend(long now);

  /// Whether nothing was written for so long that a sign of life is due.
  boolean wantsPing(long now);

  /// Writes a sign of life. May wait for the reader.
  void ping();

  /// Ends it because the node stops. May wait for the reader, a second at most.
  void stop();
}
