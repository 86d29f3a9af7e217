package dev.handoff.spring;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.GatedDataSource;
import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.PostgresTaskStore;
import dev.handoff.jdbc.QuietDataSource;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.jdbc.SqliteTaskStore;
import dev.handoff.spring.settings.SettingsCheck;
import dev.handoff.store.TaskStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;

/// The open database that tasks are kept in, with the application's own tables beside it. One store
/// for each.
sealed interface StoreDatabase extends AutoCloseable {
  /// A PostgreSQL URL without an address: server and login come from the application's connections.
  String SERVER = "jdbc:postgresql:";

  Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);

  /// The drivers of the two kinds of stores, of which an application brings one.
  enum Drivers {
    SQLITE("org.sqlite.JDBC", "org.xerial:sqlite-jdbc"),
    POSTGRESQL("org.postgresql.Driver", "org.postgresql:postgresql");

    private final String driver;
    private final String dependency;

    Drivers(String driver, String dependency) {
      this.driver = driver;
      this.dependency = dependency;
    }

    void require(String asked) {
      if (!ClassUtils.isPresent(driver, StoreDatabase.class.getClassLoader())) {
        throw UnsupportedStoreException.ofMissingDriver(asked, dependency);
      }
    }
  }

  /// Opens the one that the settings name, by default a file in the data folder, and brings the
  /// store's tables up to date.
  ///
  /// @throws UnsupportedStoreException for a URL of another kind of database, or when its driver is
  ///   not on the class path
  static StoreDatabase open(HandoffProperties settings) {
    String asked =
        settings.store().isNamed()
            ? "handoff.store.url"
            : "the embedded store in handoff.data-dir, where tasks are kept without a DataSource"
                + " and without handoff.store.url,";
    if (settings.store().isPostgres()) {
      Drivers.POSTGRESQL.require(asked);
      return log(openServer(settings), "the database of handoff.store.url");
    }
    Path file = settings.storeFile();
    Drivers.SQLITE.require(asked);
    return log(embedded(SqliteSettings.at(file)), "the file " + file.toAbsolutePath().normalize());
  }

  private static StoreDatabase openServer(HandoffProperties settings) {
    PostgresDatabase database = PostgresDatabase.open(server(settings, settings.store().url()));
    // Hibernate, for instance, logs the URL that its connections tell.
    return new Server(database, QuietDataSource.of(database.dataSource()));
  }

  private static StoreDatabase embedded(SqliteSettings settings) {
    SqliteDatabase database = SqliteDatabase.open(settings);
    return new Embedded(database, database.dataSource(), Optional.empty());
  }

  /// Opens the one for an application with connections of its own: theirs, unless a setting names
  /// another. Where theirs is in memory and no setting says where tasks are kept, they last as long
  /// as the application's own data, in a temporary file.
  ///
  /// @throws UnsupportedStoreException when the application's is another kind of database, or how
  ///   to log in to it is not to be found out
  static StoreDatabase beside(
      DataSource application, HandoffProperties settings, SettingsCheck checked) {
    if (settings.store().isNamed()) {
      if (StoreLogin.leadsTo(settings.store().url(), application)) {
        throw UnsupportedStoreException.ofApplicationsOwn();
      }
      return open(settings);
    }
    if (!ApplicationDatabase.isInMemory(application)) {
      return log(sharing(application, settings), "the application's own database");
    }
    if (checked.isSet("handoff.data-dir")) {
      return open(settings);
    }
    Drivers.SQLITE.require("the embedded store, for the application's own database is in memory,");
    return log(
        temporary(),
        "a temporary file, as long as the application's own data, which is in memory; to keep them,"
            + " set handoff.data-dir or spring.datasource.url");
  }

  private static StoreDatabase temporary() {
    try {
      Path folder = Files.createTempDirectory("handoff");
      SqliteDatabase database =
          SqliteDatabase.open(SqliteSettings.temporary(folder.resolve("handoff.db")));
      return new Embedded(database, database.dataSource(), Optional.of(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for tasks can be made", e);
    }
  }

  private static StoreDatabase log(StoreDatabase database, String place) {
    LOG.info("tasks are kept in {}", place);
    return database;
  }

  /// Opens the one that the application's connections lead to, and brings the store's tables up to
  /// date. On a server the store has connections of its own beside them.
  private static StoreDatabase sharing(DataSource application, HandoffProperties settings) {
    Optional<GatedDataSource> gated = SqliteGate.of(application);
    if (gated.isPresent()) {
      return new Embedded(SqliteDatabase.sharing(gated.get()), application, Optional.empty());
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

  /// A SQLite file, open in this process only; a temporary folder is deleted with it.
  record Embedded(SqliteDatabase database, DataSource dataSource, Optional<Path> temporary)
      implements StoreDatabase {
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
      temporary.map(Path::toFile).ifPresent(FileSystemUtils::deleteRecursively);
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
