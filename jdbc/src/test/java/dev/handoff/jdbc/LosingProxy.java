package dev.handoff.jdbc;

import dev.handoff.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stands between a store and its database, and can lose an answer: the server has done what it was
/// asked and said so, and the connection breaks before anybody hears it.
final class LosingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final URI database;
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
  private volatile Away away = Away.NO;
  private final AtomicInteger losses = new AtomicInteger();

  private enum Away {
    NO,
    NEXT,
    NOW
  }

  private LosingProxy(ServerSocket socket, URI database) {
    this.socket = socket;
    this.database = database;
  }

  static LosingProxy before(TestDatabase data) {
    try {
      URI database = URI.create(data.url().substring("jdbc:".length()));
      LosingProxy proxy =
          new LosingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), database);
      var _ = Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The address to give to a store.
  String url() {
    return "jdbc:postgresql://localhost:" + socket.getLocalPort() + database.getPath();
  }

  /// Loses the next answer with this completion, as `INSERT 0 1` or `COMMIT`.
  void lose(String completion) {
    lost.set(completion);
  }

  /// Loses the next answer with this completion, and every connection until [#back].
  void loseAll(String completion) {
    away = Away.NEXT;
    lost.set(completion);
  }

  /// Lets everybody through again.
  void back() {
    away = Away.NO;
  }

  /// How many answers were lost.
  int losses() {
    return losses.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        if (away == Away.NOW) {
          client.close();
          continue;
        }
        Socket server = new Socket(database.getHost(), database.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var _ = Thread.ofVirtual().start(() -> pump(client, server, false));
        var _ = Thread.ofVirtual().start(() -> pump(server, client, true));
      } catch (IOException closed) {
        // By the test, or by a server that is away.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (answers && isLost(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
          losses.incrementAndGet();
          if (away == Away.NEXT) {
            away = Away.NOW;
          }
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException broken) {
      // Either side went; the other is closed with it.
    }
  }

  private boolean isLost(String answer) {
    String completion = lost.get();
    return completion != null
        && answer.contains(completion + "\0")
        && lost.compareAndSet(completion, null);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
