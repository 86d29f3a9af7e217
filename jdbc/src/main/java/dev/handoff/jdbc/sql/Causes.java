package dev.handoff.jdbc.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The exceptions behind a failure: causes, suppressed ones, and the next of several SQL
/// exceptions. If ending a transaction fails, the reason may be in any of them.
public final class Causes {
  // A bound for chains that are endless.
  private static final int MOST = 64;

  private Causes() {}

  /// Returns the failure and everything behind it, nearest first, each once.
  public static List<Throwable> of(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> all = new ArrayList<>();
    add(failure, seen, all);
    for (int i = 0; i < all.size() && all.size() < MOST; i++) {
      Throwable each = all.get(i);
      add(each.getCause(), seen, all);
      for (Throwable suppressed : each.getSuppressed()) {
        add(suppressed, seen, all);
      }
      if (each instanceof SQLException sql) {
        add(sql.getNextException(), seen, all);
      }
    }
    return all;
  }

  private static void add(@Nullable Throwable one, Set<Throwable> seen, List<Throwable> all) {
    if (one != null && seen.add(one)) {
      all.add(one);
    }
  }

  public static Optional<SQLException> sql(Throwable failure, Predicate<SQLException> kind) {
    return of(failure).stream()
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(kind)
        .findFirst();
  }
}
