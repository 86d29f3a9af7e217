package dev.handoff.ai.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The end of the time that one call has, counted from its creation. The JDK's own request timeout
/// stops at the response's headers; this one covers the body by closing it. Confined to the calling
/// thread, but for the closing.
final class CallDeadline implements AutoCloseable {
  private final CompletableFuture<Boolean> reached = new CompletableFuture<>();
  private final long startedAt = System.nanoTime();
  private final Duration time;
  private boolean isOver;

  private CallDeadline(Duration time) {
    this.time = time;
  }

  static CallDeadline in(Duration time) {
    return new CallDeadline(time);
  }

  /// Closes the stream at the deadline, which wakes the thread that reads it.
  void closeWhenReached(InputStream body) {
    long left = Math.max(0, time.toNanos() - (System.nanoTime() - startedAt));
    var ignored =
        reached
            .completeOnTimeout(true, left, TimeUnit.NANOSECONDS)
            .thenAccept(isLate -> closeIf(isLate, body));
  }

  private static void closeIf(boolean isLate, InputStream body) {
    if (isLate) {
      try {
        body.close();
      } catch (IOException ignored) {
        // The reader learns of the deadline in any case.
      }
    }
  }

  /// Ends the call after this time at the latest, and without a failure: all that matters has come.
  void endWithin(Duration grace) {
    isOver = true;
    var ignored = reached.completeOnTimeout(true, grace.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean isReached() {
    return reached.getNow(false);
  }

  void throwIfReached() throws IOException {
    if (isReached() && !isOver) {
      throw new HttpTimeoutException("answer not complete in time");
    }
  }

  /// The reason a read failed: the deadline when it has passed, else what was thrown.
  IOException explain(IOException thrown) {
    return isReached() ? new HttpTimeoutException("answer not complete in time") : thrown;
  }

  /// Cancels the deadline, because the call is over.
  @Override
  public void close() {
    reached.complete(false);
  }
}
