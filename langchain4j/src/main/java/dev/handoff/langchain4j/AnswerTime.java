package dev.handoff.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The time for one answer, counted from its creation. The JDK's own request timeout ends at the
/// response's headers; this one covers the body by closing it. Used by one thread.
final class AnswerTime implements AutoCloseable {
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final long startedAt = System.nanoTime();
  private final Duration time;

  private AnswerTime(Duration time) {
    this.time = time;
  }

  static AnswerTime of(Duration time) {
    return new AnswerTime(time);
  }

  /// Closes the stream when the time is over, which wakes the thread that reads it.
  void closeWhenOver(InputStream body) {
    long left = Math.max(0, time.toNanos() - (System.nanoTime() - startedAt));
    var ignored =
        over.completeOnTimeout(true, left, TimeUnit.NANOSECONDS)
            .thenAccept(late -> closeIf(late, body));
  }

  private static void closeIf(boolean late, InputStream body) {
    if (late) {
      try {
        body.close();
      } catch (IOException ignored) {
        // The reader learns of the end in any case.
      }
    }
  }

  void throwIfOver() throws IOException {
    if (over.getNow(false)) {
      throw new HttpTimeoutException("answer not complete in time");
    }
  }

  /// The reason why a read failed: the end of the time if it is over, else what was thrown.
  IOException explain(IOException thrown) {
    return over.getNow(false) ? new HttpTimeoutException("answer not complete in time") : thrown;
  }

  /// Ends the watch, because the call is over.
  @Override
  public void close() {
    over.complete(false);
  }
}
