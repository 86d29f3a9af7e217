package dev.handoff.spring;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.GatedDataSource;
import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.PostgresTaskStore;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.store.TaskStore;
import java.util.Optional;
import javax.sql.DataSource;

/// The open database that tasks are kept in, with the application's own tables beside it. One store
/// for each.
sealed interface StoreDatabase extends AutoCloseable {
  /// A PostgreSQL URL without an address: server and login come from the application's connections.
  String SERVER = "jdbc:postgresql:";

  /// Opens the one that the settings name, and brings the store's tables up to date.
  ///
  /// @throws UnsupportedStoreException for a URL of another kind of database
  static StoreDatabase open(HandoffProperties settings) {
    if (!settings.store().isPostgres()) {
      SqliteDatabase database = SqliteDatabase.open(SqliteSettings.at(settings.storeFile()));
      return new Embedded(database, database.dataSource());
    }
    PostgresDatabase database = PostgresDatabase.open(server(settings, settings.store().url()));
    return new Server(database, database.dataSource());
  }

  /// Opens the one that the application's connections lead to, and brings the store's tables up to
  /// date. On a server the store has connections of its own beside them.
  ///
  /// @throws UnsupportedStoreException when that is another kind of database, or how to log in to
  ///   it is not to be found out
  static StoreDatabase sharing(DataSource application, HandoffProperties settings) {
    Optional<GatedDataSource> gated = SqliteGate.of(application);
    if (gated.isPresent()) {
      return new Embedded(SqliteDatabase.sharing(gated.get()), application);
    }
    PostgresDatabase database =
        PostgresDatabase.sharing(StoreLogin.of(application), server(settings, SERVER));
    return new Server(database, application);
  }

  private static PostgresSettings server(HandoffProperties settings, String url) {
    HandoffProperties.Store store = settings.store();
    return PostgresSettings.at(url, store.username(), store.password())
        .withConnections(store.connections())
        .withNotifications(store.notifications());
  }

  /// Connections whose transactions submits join, for tables that are written together with tasks.
  /// Closed with this where the application did not bring them.
  DataSource dataSource();

  /// The store, whose submits join these transactions of the application. It tells this time;
  /// without one its own, which on a server is the server's, so that all nodes agree.
  TaskStore store(Optional<TimeSource> clock, ManagedTransactions transactions);

  @Override
  void close();

  /// A SQLite file, open in this process only.
  record Embedded(SqliteDatabase database, DataSource dataSource) implements StoreDatabase {
    @Override
    public TaskStore store(Optional<TimeSource> clock, ManagedTransactions transactions) {
      return SqliteTaskStore.open(
          database,
          clock.orElseGet(TimeSource::system),
          new SpringTransaction(dataSource, transactions));
    }

    @Override
    public void close() {
      database.close();
    }
  }

  /// A database of a PostgreSQL server, which many nodes share.
  record Server(PostgresDatabase database, DataSource dataSource) implements StoreDatabase {
    @Override
    public TaskStore store(Optional<TimeSource> clock, ManagedTransactions transactions) {
      SpringTransaction callers = new SpringTransaction(dataSource, transactions);
      return clock.isPresent()
          ? PostgresTaskStore.open(database, clock.get(), callers)
          : PostgresTaskStore.open(database, callers);
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
