package dev.handoff.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/// A port for a server of a test, free when it is reserved. Until it is closed no other
/// `ReservedPort` of this machine has it, even while the server is stopped: the other tests would
/// connect to each other's server. A process that ends releases its ports.
final class ReservedPort implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  // Below the ports that systems give to connections: a client that tries again and again while the
  // server is stopped could otherwise be given the server's port, and talk to itself.
  private static final int FIRST = 20_000;
  private static final int PORTS = 10_000;

  private final int number;
  private final ServerSocket guard;

  private ReservedPort(int number, ServerSocket guard) {
    this.number = number;
    this.guard = guard;
  }

  /// Reserves any free port.
  ///
  /// @throws IllegalStateException when a hundred random ones are taken
  static ReservedPort any() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int number = FIRST + RANDOM.nextInt(PORTS);
      try {
        return of(number);
      } catch (IOException taken) {
        // The next one is tried.
      }
    }
    throw new IllegalStateException("no free port was found for the embedded PostgreSQL");
  }

  /// Reserves this port, between 20,000 and 29,999. The port 10,000 below it is occupied as the
  /// sign that it is reserved.
  ///
  /// @throws IOException when it is taken
  static ReservedPort of(int number) throws IOException {
    ServerSocket guard = listen(number - PORTS);
    try {
      listen(number).close();
      return new ReservedPort(number, guard);
    } catch (IOException taken) {
      guard.close();
      throw taken;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  int number() {
    return number;
  }

  @Override
  public void close() {
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
