package dev.handoff.server.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A TCP proxy between a browser and a server, whose connections a test can cut as when a cable is
/// pulled: bytes under way stay where they are, and neither side is told. A browser that is set
/// offline goes on reading answers that have begun. Safe for use by many threads.
final class CuttableProxy implements AutoCloseable {
  private final ServerSocket entrance;
  private final int server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mended = lock.newCondition();
  private boolean cut;

  private CuttableProxy(ServerSocket entrance, int server) {
    this.entrance = entrance;
    this.server = server;
  }

  static CuttableProxy to(ServerProcess server) throws IOException {
    CuttableProxy cable =
        new CuttableProxy(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server.url("").getPort());
    Thread.ofVirtual().name("cable").start(cable::accept);
    return cable;
  }

  URI url() {
    return URI.create("http://localhost:" + entrance.getLocalPort());
  }

  void cut() {
    lock.lock();
    try {
      cut = true;
    } finally {
      lock.unlock();
    }
  }

  void mend() {
    lock.lock();
    try {
      cut = false;
      mended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket browser = entrance.accept();
        sockets.add(browser);
        Thread.ofVirtual().start(() -> connect(browser));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket browser) {
    try {
      awaitMended();
      Socket onward = new Socket(InetAddress.getLoopbackAddress(), server);
      sockets.add(onward);
      Thread.ofVirtual().start(() -> carry(browser, onward));
      carry(onward, browser);
    } catch (IOException refused) {
      hangUp(browser);
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        awaitMended();
        out.write(bytes, 0, read);
      }
    } catch (IOException broken) {
      // The other end is told below.
    } finally {
      awaitMended();
      hangUp(from);
      hangUp(to);
    }
  }

  private void awaitMended() {
    lock.lock();
    try {
      while (cut) {
        mended.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void hangUp(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    mend();
    sockets.forEach(this::hangUp);
  }
}
