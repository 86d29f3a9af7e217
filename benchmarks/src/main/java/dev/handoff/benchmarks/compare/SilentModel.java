package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A model's address where every call is taken and none is answered, at the cost of an open
/// connection each: what a thousand running tasks wait for while something else is measured.
final class SilentModel implements AutoCloseable {
  private static final int WAITING = 4_096;

  private final ServerSocketChannel listening;
  private final Queue<SocketChannel> calls = new ConcurrentLinkedQueue<>();

  private SilentModel(ServerSocketChannel listening) {
    this.listening = listening;
  }

  static SilentModel start() throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WAITING);
    SilentModel model = new SilentModel(listening);
    Thread.ofPlatform().daemon().name("silent-model").start(model::take);
    return model;
  }

  String baseUrl() throws IOException {
    return "http://127.0.0.1:"
        + ((InetSocketAddress) listening.getLocalAddress()).getPort()
        + "/v1";
  }

  private void take() {
    try {
      while (listening.isOpen()) {
        calls.add(listening.accept());
      }
    } catch (ClosedChannelException | SocketException closed) {
      // That was all.
    } catch (IOException e) {
      throw new IllegalStateException("no more calls are taken", e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (SocketChannel call : calls) {
      call.close();
    }
  }
}
