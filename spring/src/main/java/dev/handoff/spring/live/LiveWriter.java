package dev.handoff.spring.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// Writes to one WebSocket and waits until the text is written, so that a slow reader slows the
/// writers and does not fill memory. Safe for use by many threads.
final class LiveWriter {
  /// The number of characters that may be handed over before a write is awaited.
  private static final int WRITE_AHEAD_LIMIT = 64 * 1024;

  private final Session session;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile long lastWriteAt = System.nanoTime();
  private volatile long writingSince;
  private volatile boolean isWriting;

  LiveWriter(Session session) {
    this.session = session;
  }

  /// Lets the next message of the client be read.
  void next() {
    session.demand();
  }

  /// Writes these messages in their order.
  ///
  /// @return whether it could
  boolean write(List<String> messages) {
    writing.lock();
    try {
      begin();
      int ahead = 0;
      CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
      for (String message : messages) {
        // Messages are written in order: once the last one is written, all are.
        last = new CompletableFuture<>();
        session.sendText(message, whenDone(last));
        ahead += message.length();
        if (ahead > WRITE_AHEAD_LIMIT) {
          ahead = 0;
          if (!await(last)) {
            return false;
          }
        }
      }
      return await(last);
    } finally {
      end();
    }
  }

  /// Writes a ping, unless a write is under way.
  ///
  /// @return whether it could
  boolean ping() {
    if (!writing.tryLock()) {
      return true;
    }
    try {
      begin();
      CompletableFuture<Void> done = new CompletableFuture<>();
      session.sendPing(ByteBuffer.allocate(0), whenDone(done));
      return await(done);
    } finally {
      end();
    }
  }

  private void begin() {
    writingSince = System.nanoTime();
    isWriting = true;
  }

  private void end() {
    isWriting = false;
    lastWriteAt = System.nanoTime();
    writing.unlock();
  }

  private static Callback whenDone(CompletableFuture<Void> done) {
    return Callback.from(() -> done.complete(null), done::completeExceptionally);
  }

  private static boolean await(CompletableFuture<Void> done) {
    try {
      done.get();
      return true;
    } catch (ExecutionException readerIsGone) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Returns the duration of the write under way in nanoseconds; 0 without one.
  long waits(long now) {
    return isWriting ? Math.max(0, now - writingSince) : 0;
  }

  /// Returns whether nothing was written for this long.
  boolean isIdle(long now, Duration length) {
    return !isWriting && now - lastWriteAt >= length.toNanos();
  }

  /// Sends a close frame, and disconnects if it could not be written within `patience`.
  void close(int code, String reason, Duration patience) {
    CompletableFuture<Void> said = new CompletableFuture<>();
    session.close(code, reason, whenDone(said));
    try {
      said.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException nobodyHears) {
      session.disconnect();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      session.disconnect();
    }
  }
}
