package dev.handoff.systems;

import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The kinds of databases that the systems' tables live in.
public enum TestStore {
  SQLITE,
  POSTGRESQL;

  /// An empty database with the store's tables and the systems'; the folder is for its files.
  public Opened open(Path folder) {
    return switch (this) {
      case SQLITE -> {
        SqliteDatabase database =
            SqliteDatabase.open(SqliteSettings.temporary(folder.resolve("test.db")));
        yield opened(database.dataSource(), database::close);
      }
      case POSTGRESQL -> {
        TestDatabase data = PostgresServer.shared().newDatabase();
        PostgresDatabase database =
            PostgresDatabase.open(
                PostgresSettings.at(data.url(), data.username(), data.password())
                    .withConnections(5));
        yield opened(
            database.dataSource(),
            () -> {
              database.close();
              data.drop();
            });
      }
    };
  }

  private static Opened opened(DataSource database, Runnable end) {
    JdbcClient sql = JdbcClient.create(database);
    TransactionTemplate transactions =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    return new Opened(
        database, new SystemsDatabase(database, sql, transactions), transactions, end);
  }

  /// One that is open, for one test.
  public record Opened(
      DataSource database, SystemsDatabase db, TransactionTemplate transactions, Runnable end)
      implements AutoCloseable {
    public JdbcClient sql() {
      return JdbcClient.create(database);
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
