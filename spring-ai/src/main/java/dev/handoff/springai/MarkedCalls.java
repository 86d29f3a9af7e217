package dev.handoff.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/// The calls of prompts that are being asked, found by a header that carries their mark. One entry
/// for each such prompt. Safe for use by many threads.
final class MarkedCalls {
  static final String HEADER = "x-handoff-prompt";

  private static final Map<String, Mark> MARKS = new ConcurrentHashMap<>();

  private MarkedCalls() {}

  static Mark mark() {
    Mark mark = new Mark(UUID.randomUUID().toString());
    MARKS.put(mark.id(), mark);
    return mark;
  }

  /// Has the call cancelled with its prompt.
  static void add(@Nullable String id, Call call) {
    Mark mark = id == null ? null : MARKS.get(id);
    if (mark != null) {
      mark.add(call);
    } else if (id != null) {
      // Its prompt is over already.
      call.cancel();
    }
  }

  /// The calls of one prompt: several where the client calls tools.
  static final class Mark implements AutoCloseable {
    private final String id;
    private final List<Call> calls = new ArrayList<>();
    private boolean closed;

    private Mark(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    private synchronized void add(Call call) {
      if (closed) {
        call.cancel();
      } else {
        calls.add(call);
      }
    }

    /// Cancels the calls, which does nothing to those that are over.
    @Override
    public void close() {
      MARKS.remove(id);
      List<Call> open;
      synchronized (this) {
        closed = true;
        open = List.copyOf(calls);
      }
      open.forEach(Call::cancel);
    }
  }
}
