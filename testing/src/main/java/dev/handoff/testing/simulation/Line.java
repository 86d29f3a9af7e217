package dev.handoff.testing.simulation;

import dev.handoff.Priority;
import java.util.Comparator;

/// Tasks of one type and priority, which wait for each other.
record Line(String type, Priority priority) {
  static final Comparator<Line> ORDER =
      Comparator.comparing(Line::type).thenComparing(Line::priority);

  /// One tenant's part of it.
  record Share(Line line, String tenant) {
    static final Comparator<Share> ORDER =
        Comparator.comparing(Share::line, Line.ORDER).thenComparing(Share::tenant);
  }
}
