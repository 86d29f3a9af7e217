package dev.handoff.systems.kit;

import dev.handoff.spring.tables.TableMigrations;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The database with the systems' own tables, which are migrated when this is created. Several
/// processes may do so at once. Safe for use by many threads.
public final class SystemsDatabase {
  private final JdbcClient client;
  private final TransactionOperations transactions;

  public SystemsDatabase(
      DataSource database, JdbcClient client, TransactionOperations transactions) {
    TableMigrations.run(database, "dev/handoff/systems/migrations", "systems_schema_history");
    this.client = client;
    this.transactions = transactions;
  }

  /// A statement, to be given its parameters by name.
  public JdbcClient.StatementSpec sql(String statement) {
    return client.sql(statement);
  }

  /// Does the work in a transaction, which a task that it submits is part of.
  public <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  public void doInTransaction(Runnable work) {
    transactions.executeWithoutResult(_ -> work.run());
  }
}
