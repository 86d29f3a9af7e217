package dev.handoff.jdbc;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.store.StoreHarness;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL store over a database of its own, with a table of the application's beside it.
final class PostgresHarness implements StoreHarness {
  private static final String TABLES =
      "select tablename as name from pg_tables where schemaname = current_schema() and tablename like 'handoff\\_%'";

  private final TestDatabase data = EmptyDatabases.take();
  private @Nullable PostgresDatabase database;
  private @Nullable Transactions transactions;

  /// How a test that needs nothing special opens a test's database. Without sessions, because the
  /// server shows a store that is closed at once as dead, whatever the test's clock says.
  static PostgresSettings settings(TestDatabase data) {
    return PostgresSettings.at(data.url(), data.username(), data.password())
        .withConnections(6)
        .withNotifications(false);
  }

  @Override
  public TaskStore open(TimeSource clock) {
    closeDatabase();
    PostgresDatabase opened = PostgresDatabase.open(settings(data));
    database = opened;
    transactions = new Transactions(opened.dataSource());
    inConnection(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "create table if not exists note (id bigint generated always as identity, text text"
                + " not null)");
      }
      return true;
    });
    return PostgresTaskStore.open(opened, clock, transactions);
  }

  @Override
  public void inTransaction(Runnable work) {
    try {
      required(transactions)
          .inTransaction(_ -> {
            work.run();
            return true;
          });
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Effect note(String text) {
    SqlEffect effect = connection -> write(connection, text);
    return effect;
  }

  @Override
  public Effect failingAfterNote(String text) {
    SqlEffect effect =
        connection -> {
          write(connection, text);
          throw new EffectFailed();
        };
    return effect;
  }

  private static void write(Connection connection, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into note (text) values (?)")) {
      insert.setString(1, text);
      insert.executeUpdate();
    }
  }

  @Override
  public List<String> notes() {
    return inConnection(connection -> {
      List<String> notes = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select text from note order by id")) {
        while (rows.next()) {
          notes.add(rows.getString(1));
        }
      }
      return notes;
    });
  }

  @Override
  public void saveCopy() {
    inConnection(connection -> {
      SavedTables.save(connection, TABLES);
      return true;
    });
  }

  @Override
  public void restoreCopy() {
    inConnection(connection -> {
      SavedTables.restore(connection, TABLES);
      return true;
    });
  }

  @Override
  public boolean endsNodesWhenOpened() {
    return false;
  }

  private <T> T inConnection(Transactions.Work<T> work) {
    try (Connection connection = required(database).dataSource().getConnection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the store is not open");
    }
    return value;
  }

  private void closeDatabase() {
    if (database != null) {
      database.close();
      database = null;
    }
  }

  @Override
  public void close() {
    closeDatabase();
    EmptyDatabases.giveBack(data);
  }
}
