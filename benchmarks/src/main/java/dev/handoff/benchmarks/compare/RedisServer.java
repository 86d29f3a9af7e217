package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A Redis server of our own with an append-only file. The address is its port.
record RedisServer(int port, MeasuredFolder folder, Child process) implements MeasuredStore {
  private static final Duration START = Duration.ofSeconds(10);

  /// Starts one that syncs its file `everysec` or `always`.
  static RedisServer start(String fsync) throws IOException {
    MeasuredFolder folder = MeasuredFolder.create();
    int port = freePort();
    Child process =
        Child.start(
            List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.path().toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                fsync));
    long end = System.nanoTime() + START.toNanos();
    while (!answers(port)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("redis-server does not answer");
      }
      Measurements.pause(Duration.ofMillis(10));
    }
    return new RedisServer(port, folder, process);
  }

  /// A port that nobody uses now.
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public String address() {
    return Integer.toString(port);
  }

  @Override
  public void close() throws IOException {
    process.close();
    folder.close();
  }
}
