package dev.handoff.benchmarks;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// 5,000 open streams of one task that says nothing: live heap after a full collection, before and
/// after.
final class IdleListeners {
  private static final int LISTENERS = 5_000;

  private IdleListeners() {}

  static void run(Path project) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start();
        LocalServer server =
            LocalServer.start(
                project,
                model.byDefault(ModelScript.hang(Gate.closed())).baseUrl(),
                "--handoff.streams.per-owner=20000",
                "--handoff.streams.per-node=20000",
                "--handoff.systems.sat-buddy.run-limit=10m")) {
      String token = server.login("asha@demo.test");
      String task = server.ask(token, "wait");
      List<SocketChannel> open = new ArrayList<>();
      open.add(listen(server.port(), task, token));
      long before = server.liveHeap();
      while (open.size() <= LISTENERS) {
        open.add(listen(server.port(), task, token));
      }
      long after = server.liveHeap();
      Figures.print(
          "live heap of an idle stream, 5,000 open", "KiB", (after - before) / 1024.0 / LISTENERS);
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  private static SocketChannel listen(int port, String task, String token) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET /api/v1/tasks/"
            + task
            + "/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer first = ByteBuffer.allocate(8_192);
    int read = channel.read(first);
    String answer = new String(first.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException("a stream was refused: " + answer);
    }
    return channel;
  }
}
