package dev.handoff.jdbc;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.store.StoreHarness;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQLite store over one file, with a table of the application's beside it.
final class SqliteHarness implements StoreHarness {
  private static final String TABLES =
      "select name from sqlite_master where type = 'table' and name like 'handoff\\_%' escape '\\'";

  private final SqliteSettings settings;
  private @Nullable SqliteDatabase database;
  private @Nullable Transactions transactions;

  SqliteHarness(SqliteSettings settings) {
    this.settings = settings;
  }

  @Override
  public TaskStore open(TimeSource clock) {
    close();
    SqliteDatabase opened = SqliteDatabase.open(settings);
    database = opened;
    transactions = new Transactions(opened.dataSource());
    inConnection(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table if not exists note (text text not null)");
      }
      return true;
    });
    return SqliteTaskStore.open(opened, clock, transactions);
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
          ResultSet rows = statement.executeQuery("select text from note order by rowid")) {
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
    return true;
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

  @Override
  public void close() {
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
