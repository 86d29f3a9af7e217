package dev.handoff.spring.live;

import dev.handoff.Subscription;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One open answer of server-sent events. A writer holds the lock; a slow reader blocks only the
/// writer's virtual thread, and [#tend] closes the stream when a write takes too long. Safe for use
/// by many threads.
final class EventStream implements OpenStream {
  /// A reader that lost its connection comes back after a second.
  private static final String FIRST_LINE = "retry: 1000\n\n";

  private static final Duration SLIMMING_DELAY = Duration.ofSeconds(1);
  private static final String PING = ": ping\n\n";

  private final String owner;
  private final StreamLimits limits;
  private final Consumer<OpenStream> onClose;
  private final long openedAt = System.nanoTime();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock writing = new ReentrantLock();

  private volatile long lifetime;
  private volatile long lastWriteAt = openedAt;
  private volatile long writingSince = openedAt;
  private volatile @Nullable Thread writer;
  private volatile @Nullable Subscription subscription;
  // Confined to the timer.
  private boolean slim;
  // Guarded by `writing`.
  private @Nullable AsyncContext async;
  private @Nullable ServletOutputStream out;

  EventStream(String owner, StreamLimits limits, Consumer<OpenStream> onClose) {
    this.owner = owner;
    this.limits = limits;
    this.onClose = onClose;
    this.lifetime = limits.longest().toNanos();
  }

  /// Closes the stream after this time at the latest, if that is sooner than its longest age.
  void closeAfter(Duration left) {
    if (left.compareTo(limits.longest()) < 0) {
      long end = System.nanoTime() - openedAt + (left.isNegative() ? 0 : left.toNanos());
      lifetime = Math.min(lifetime, end);
    }
  }

  @Override
  public String owner() {
    return owner;
  }

  /// Sends the head of the answer and starts the stream.
  void begin(
      AsyncContext async, ServletOutputStream out, Function<EventStream, Subscription> follow) {
    writing.lock();
    try {
      this.async = async;
      this.out = out;
    } finally {
      writing.unlock();
    }
    write(FIRST_LINE);
    if (closed.get()) {
      completeIfFree();
      return;
    }
    Subscription place = follow.apply(this);
    subscription = place;
    if (closed.get()) {
      place.close();
    }
  }

  @Override
  public void ping() {
    write(PING);
  }

  @Override
  public void tend(long now) {
    slim(now);
    boolean stuck = writer != null && now - writingSince >= limits.writeLimit().toNanos();
    if (stuck || now - openedAt >= lifetime) {
      // Ending an answer may wait for its reader.
      Thread.ofVirtual().name("handoff-stream-end").start(this::close);
    }
  }

  /// Removes what filters and routing left on the request (the user's token, the matched route),
  /// about 3 KB: it is not read again, and the stream may stay open for an hour. Waits until the
  /// filters have returned.
  private void slim(long now) {
    if (slim || now - openedAt < SLIMMING_DELAY.toNanos() || !writing.tryLock()) {
      return;
    }
    try {
      AsyncContext answer = async;
      if (answer != null) {
        slim = true;
        ServletRequest request = answer.getRequest();
        Collections.list(request.getAttributeNames()).forEach(request::removeAttribute);
      }
    } finally {
      writing.unlock();
    }
    completeIfOver();
  }

  @Override
  public boolean wantsPing(long now) {
    return writer == null && now - lastWriteAt >= limits.pingEvery().toNanos();
  }

  @Override
  public void revoke() {
    close();
  }

  @Override
  public void stop() {
    close();
  }

  /// Closes the stream. A write under way is interrupted, and its writer completes the answer.
  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Subscription place = subscription;
    if (place != null) {
      place.close();
    }
    onClose.accept(this);
    Thread blocked = writer;
    if (blocked != null && !blocked.equals(Thread.currentThread())) {
      blocked.interrupt();
    }
    completeIfFree();
  }

  /// Writes this text; does nothing once it is closed. May wait for the reader.
  void write(String text) {
    writing.lock();
    try {
      ServletOutputStream sink = out;
      if (sink == null || closed.get()) {
        return;
      }
      writingSince = System.nanoTime();
      writer = Thread.currentThread();
      sink.write(text.getBytes(StandardCharsets.UTF_8));
      sink.flush();
      lastWriteAt = System.nanoTime();
    } catch (IOException readerIsGone) {
      close();
    } finally {
      writer = null;
      writing.unlock();
    }
    completeIfOver();
  }

  // Another thread may have closed the stream after the last check of `closed` and found the lock
  // taken, so the writer checks again after releasing it.
  private void completeIfOver() {
    if (closed.get()) {
      completeIfFree();
    }
  }

  private void completeIfFree() {
    if (!writing.tryLock()) {
      return;
    }
    try {
      AsyncContext answer = async;
      if (answer != null) {
        async = null;
        out = null;
        answer.complete();
      }
    } catch (IllegalStateException alreadyComplete) {
      // The container completed it: the reader hung up.
    } finally {
      writing.unlock();
    }
  }
}
