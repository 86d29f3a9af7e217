package dev.handoff.spring;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.PostgresTaskStore;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.store.TaskStore;
import java.util.Optional;
import javax.sql.DataSource;

/// The open database that the settings name: the store's, with the application's own tables beside
/// it. One store for each.
sealed interface StoreDatabase extends AutoCloseable {
  /// Opens it, and brings the store's tables up to date.
  ///
  /// @throws UnsupportedStoreException for a URL of another kind of database
  static StoreDatabase open(HandoffProperties settings) {
    HandoffProperties.Store store = settings.store();
    return store.isPostgres()
        ? new Server(
            PostgresDatabase.open(
                PostgresSettings.at(store.url(), store.username(), store.password())
                    .withConnections(store.connections())
                    .withNotifications(store.notifications())))
        : new Embedded(SqliteDatabase.open(SqliteSettings.at(settings.storeFile())));
  }

  /// Connections for the application's own tables; closed with this.
  DataSource dataSource();

  /// The store, whose submits join the application's transactions. It tells this time; without one
  /// its own, which on a server is the server's, so that all nodes agree.
  TaskStore store(Optional<TimeSource> clock);

  @Override
  void close();

  /// A file of this process alone.
  record Embedded(SqliteDatabase database) implements StoreDatabase {
    @Override
    public DataSource dataSource() {
      return database.dataSource();
    }

    @Override
    public TaskStore store(Optional<TimeSource> clock) {
      return SqliteTaskStore.open(
          database,
          clock.orElseGet(TimeSource::system),
          new SpringTransaction(database.dataSource()));
    }

    @Override
    public void close() {
      database.close();
    }
  }

  /// On a server that many nodes share.
  record Server(PostgresDatabase database) implements StoreDatabase {
    @Override
    public DataSource dataSource() {
      return database.dataSource();
    }

    @Override
    public TaskStore store(Optional<TimeSource> clock) {
      SpringTransaction callers = new SpringTransaction(database.dataSource());
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
