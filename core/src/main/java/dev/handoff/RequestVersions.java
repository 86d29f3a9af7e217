package dev.handoff;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The versions of a task type's request: the one that is stored now, and how stored requests of
/// older versions become it. See [TaskType#withRequestVersion] and [TaskType#upcasting].
///
/// @param current at least 1
/// @param older how older versions are read, each below `current`
public record RequestVersions<Q>(int current, Map<Integer, Upcaster<?, Q>> older) {
  /// How a request of an older version is read.
  ///
  /// @param type the type that it was stored as
  /// @param upcast makes a request of the present version of it
  public record Upcaster<O, Q>(TypeRef<O> type, Function<? super O, ? extends Q> upcast) {}

  /// Checks the numbers.
  public RequestVersions {
    if (current < 1) {
      throw new IllegalArgumentException("a request's version is at least 1, was " + current);
    }
    for (int version : older.keySet()) {
      if (version < 1 || version >= current) {
        throw new IllegalArgumentException(
            "an older version is 1 to "
                + (current - 1)
                + ", because requests are stored as version "
                + current
                + ", was "
                + version);
      }
    }
    older = Map.copyOf(older);
  }

  /// Returns the only version of a request that never changed.
  static <Q> RequestVersions<Q> first() {
    return new RequestVersions<>(1, Map.of());
  }

  RequestVersions<Q> withCurrent(int version) {
    return new RequestVersions<>(version, older);
  }

  <O> RequestVersions<Q> with(int version, Upcaster<O, Q> upcaster) {
    Map<Integer, Upcaster<?, Q>> all = new HashMap<>(older);
    if (all.put(version, upcaster) != null) {
      throw new IllegalArgumentException(
          "version " + version + " of a request has two upcasters; leave one out");
    }
    return new RequestVersions<>(current, all);
  }
}
