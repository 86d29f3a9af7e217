package dev.handoff.spring;

import dev.handoff.jdbc.SqlEffect;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A handler's own writes through Spring's [JdbcClient], in the transaction that completes its
/// task.
///
/// ```java
/// return Outcome.done(summary, JdbcEffect.of(sql ->
///     sql.sql("update meeting set summary = ? where id = ?").params(summary, id).update()));
/// ```
public final class JdbcEffect {
  private JdbcEffect() {}

  /// Returns an effect that makes these writes. They go to the database that the tasks are in. What
  /// holds for a [SqlEffect] holds for them: they may run again before they are committed, and
  /// other effects wait meanwhile. Repositories and other clients of the application do not take
  /// part: they have connections of their own.
  public static SqlEffect of(Consumer<JdbcClient> writes) {
    return connection ->
        writes.accept(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
  }
}
