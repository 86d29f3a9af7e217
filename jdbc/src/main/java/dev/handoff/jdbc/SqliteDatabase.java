package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.HandoffException;
import dev.handoff.jdbc.SqliteSettings.Keeping;
import dev.handoff.jdbc.sql.Migrations;
import dev.handoff.jdbc.sql.SqliteErrors;
import dev.handoff.jdbc.sqlite.CheckpointedDataSource;
import dev.handoff.jdbc.sqlite.ProcessLock;
import dev.handoff.jdbc.sqlite.WriteGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/// One SQLite file that this process alone has open. It holds the store's tables and may hold the
/// application's, so that one transaction can write to both. Safe for use by many threads.
public final class SqliteDatabase implements AutoCloseable {
  // 64 MB: after a burst the write-ahead log is cut back to this.
  private static final int LOG_LIMIT = 64 << 20;
  // In pages, 16 MB: four times the default, because the same hot pages are copied back each time.
  private static final int CHECKPOINT = 4_000;
  // In KiB when negative: 16 MB of pages for each connection that needs them.
  private static final int CACHE = -16_000;

  private final SqliteSettings settings;
  private final ProcessLock lock;
  private final GatedDataSource dataSource;
  private final Runnable closePool;

  private SqliteDatabase(
      SqliteSettings settings, ProcessLock lock, GatedDataSource dataSource, Runnable closePool) {
    this.settings = settings;
    this.lock = lock;
    this.dataSource = dataSource;
    this.closePool = closePool;
  }

  enum ConnectionMode {
    READ,
    WRITE
  }

  /// Opens the file, creates it if it is missing, and migrates the store's tables.
  ///
  /// @throws HandoffException when another process has it open
  public static SqliteDatabase open(SqliteSettings settings) {
    makeFolder(settings.file());
    ProcessLock lock = ProcessLock.of(settings.file());
    HikariDataSource pool = GatedDataSource.pool(driver(settings, config(settings)), settings);
    return begin(
        new SqliteDatabase(settings, lock, GatedDataSource.over(pool, settings), pool::close));
  }

  /// Opens the file of the application's own connections and migrates the store's tables. Closing
  /// leaves those connections open.
  ///
  /// @throws HandoffException when another process has it open, or when the database is in memory,
  ///   where each connection has a database of its own
  public static SqliteDatabase sharing(GatedDataSource application) {
    SqliteSettings settings = SqliteSettings.at(file(application));
    ProcessLock lock = ProcessLock.of(settings.file());
    return begin(new SqliteDatabase(settings, lock, application, () -> {}));
  }

  private static Path file(DataSource application) {
    try (Connection connection = application.getConnection();
        Statement statement = connection.createStatement();
        ResultSet main =
            statement.executeQuery("select file from pragma_database_list where name = 'main'")) {
      String file = main.next() ? main.getString(1) : "";
      if (file == null || file.isEmpty()) {
        throw new HandoffException(
            "the application's SQLite database is in memory, where tasks cannot be kept; give it a"
                + " file, or give tasks a database of their own with handoff.store.url");
      }
      return Path.of(file);
    } catch (SQLException e) {
      throw SqliteErrors.translate(e);
    }
  }

  private static SqliteDatabase begin(SqliteDatabase database) {
    try {
      new Migrations(
              driver(database.settings, config(database.settings)), Migrations.Dialect.SQLITE)
          .run();
      database.forgetFormerNodes();
      return database;
    } catch (SQLException e) {
      database.close();
      throw SqliteErrors.translate(e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void makeFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
    }
  }

  // Whoever holds the lock is alone: nodes that are in the table died with their process.
  private void forgetFormerNodes() throws SQLException {
    try (Connection connection = connect(ConnectionMode.WRITE);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from handoff_node");
    }
  }

  /// Returns connections for the application's own tables. Their write transactions and the store's
  /// run one at a time, first come, first served; read-only connections do not wait.
  public DataSource dataSource() {
    return dataSource;
  }

  Connection connect(ConnectionMode access) throws SQLException {
    SQLiteConfig config = config(settings);
    // Else the driver asks for the last row's number after each insert.
    config.setGetGeneratedKeys(false);
    Connection connection = driver(settings, config).getConnection();
    if (access == ConnectionMode.READ) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma query_only = on");
      }
    }
    return connection;
  }

  WriteGate gate() {
    return dataSource.gate();
  }

  SqliteSettings settings() {
    return settings;
  }

  private static SQLiteConfig config(SqliteSettings settings) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(
        settings.keeping() == Keeping.DURABLE ? SynchronousMode.FULL : SynchronousMode.OFF);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(settings.turn().toMillis()));
    config.setCacheSize(CACHE);
    config.setTempStore(TempStore.MEMORY);
    config.setJournalSizeLimit(LOG_LIMIT);
    return config;
  }

  private static DataSource driver(SqliteSettings settings, SQLiteConfig config) {
    SQLiteDataSource source = new CheckpointedDataSource(config, CHECKPOINT);
    source.setUrl("jdbc:sqlite:" + settings.file().toAbsolutePath());
    return source;
  }

  /// Closes the pool and releases the lock on the file.
  @Override
  public void close() {
    closePool.run();
    if (settings.keeping() == Keeping.TEMPORARY) {
      deleteFiles();
    }
    lock.close();
  }

  private void deleteFiles() {
    for (String suffix : List.of("", "-wal", "-shm")) {
      try {
        Files.deleteIfExists(
            settings.file().resolveSibling(settings.file().getFileName() + suffix));
      } catch (IOException e) {
        throw new UncheckedIOException("a temporary database cannot be deleted", e);
      }
    }
  }
}
