package dev.handoff;

import java.util.List;

/// The most that one task may bring along, in bytes of UTF-8 but for `eventsPerTask`, which counts
/// its whole log. What is over is refused with [PayloadTooLargeException].
public record Bounds(int request, int result, int chunk, int eventsPerTask) {
  /// 1 MiB of request, 4 MiB of result or step value, 64 KiB a chunk, 100,000 events: an answer of
  /// 90 s at 1,000 tokens a second.
  public static final Bounds DEFAULTS = new Bounds(1 << 20, 4 << 20, 64 << 10, 100_000);

  /// Refuses bounds that are not positive.
  public Bounds {
    if (request < 1 || result < 1 || chunk < 1 || eventsPerTask < 1) {
      throw new IllegalArgumentException(
          "all bounds are positive, were "
              + List.of(request, result, chunk, eventsPerTask)
              + " for request, result, chunk and eventsPerTask");
    }
  }
}
