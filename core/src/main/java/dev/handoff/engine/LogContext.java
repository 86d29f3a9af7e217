package dev.handoff.engine;

import dev.handoff.store.Claim;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// An attempt in the log lines of its thread: `task`, `type`, `attempt` and `owner` in the mapped
/// diagnostic context, until [#restore]: the thread may be the caller's.
final class LogContext {
  private final Map<String, @Nullable String> before = new LinkedHashMap<>();

  LogContext(Claim claim) {
    put("task", claim.lease().task().toString());
    put("type", claim.type());
    put("attempt", Integer.toString(claim.attempt()));
    put("owner", claim.submission().owner());
  }

  private void put(String key, String value) {
    before.put(key, MDC.get(key));
    MDC.put(key, value);
  }

  /// Leaves what was there before.
  void restore() {
    before.forEach((key, value) -> {
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    });
  }
}
