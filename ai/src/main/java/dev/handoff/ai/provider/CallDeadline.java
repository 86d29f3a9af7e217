package dev.handoff.ai.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The end of the time that one call has. It counts from the call's creation, and anew from each
/// piece of the answer, up to ten times as long in all: an answer that grows is not cut off. The
/// JDK's own request timeout stops at the response's headers; this one covers the body by closing
/// it. Confined to the calling thread, but for the closing.
final class CallDeadline implements AutoCloseable {
  /// How many times as long as a silence may last the whole call may take.
  static final int LONGEST_CALL = 10;

  private final CompletableFuture<Boolean> reached = new CompletableFuture<>();
  private final long startedAt = System.nanoTime();
  private final long time;
  private volatile long lastPieceAt = startedAt;
  private volatile CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
  private boolean isOver;

  private CallDeadline(Duration time) {
    this.time = time.toNanos();
  }

  static CallDeadline in(Duration time) {
    return new CallDeadline(time);
  }

  /// Counts the time anew: a piece of the answer came.
  void extend() {
    lastPieceAt = System.nanoTime();
  }

  /// Closes the stream at the deadline, which wakes the thread that reads it.
  void closeWhenReached(InputStream body) {
    var ignored = reached.thenAccept(isLate -> closeIf(isLate, body));
    lookAgain();
  }

  // Pieces do not set the timer again, because there are many of them: it looks for them itself.
  private void lookAgain() {
    long now = System.nanoTime();
    long left = Math.min(lastPieceAt + time - now, startedAt + LONGEST_CALL * time - now);
    if (left <= 0) {
      reached.complete(true);
    } else if (!reached.isDone()) {
      CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
      timer = next;
      var ignored =
          next.completeOnTimeout(null, left, TimeUnit.NANOSECONDS).thenRun(this::lookAgain);
      if (reached.isDone()) {
        next.cancel(false);
      }
    }
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
    timer.cancel(false);
  }
}
