package dev.handoff.jdbc.sqlite;

import dev.handoff.jdbc.row.JdbcBudgets;
import dev.handoff.jdbc.row.JdbcBudgets.CallerConnections;
import dev.handoff.jdbc.sql.SqlWork;
import dev.handoff.jdbc.sqlite.GroupWriter.WriteOperation;
import java.sql.Connection;
import java.util.Optional;

/// Sessions for accounts: in the caller's transaction if there is one, otherwise on the store's
/// writer and readers.
public record BudgetSessions(
    CallerConnections callers, GroupWriter writer, ReaderPool readers, Within within)
    implements JdbcBudgets.SessionSource {

  public interface Within {
    <T> T run(Connection connection, WriteOperation<T> operation);
  }

  @Override
  public <T> T write(SqlWork<T> work) {
    WriteOperation<T> operation = writing -> work.run(writing.session());
    Optional<Connection> joined = callers.writing().get();
    return joined.isPresent() ? within.run(joined.get(), operation) : writer.write(1, operation);
  }

  @Override
  public <T> T read(SqlWork<T> work) {
    Optional<Connection> joined = callers.reading().get();
    return joined.isPresent()
        ? within.run(joined.get(), writing -> work.run(writing.session()))
        : readers.read(work);
  }
}
