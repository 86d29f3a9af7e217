package dev.handoff.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.handoff.StoreUnavailableException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/// How to log in to a PostgreSQL server.
record StoreLogin(String url, String username, String password) {
  private static final String SCHEMA = "currentSchema";
  private static final String FILE = "jdbc:sqlite:";
  private static final Duration AFTER = Duration.ofSeconds(5);

  /// The login that an application's connections are made with, into the schema that they see
  /// first.
  ///
  /// @throws UnsupportedStoreException when they lead to another kind of database, or when the
  ///   DataSource is not one of Hikari's, Spring's or the driver's
  static StoreLogin of(DataSource application) {
    try (Connection connection = application.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      if (!"PostgreSQL".equals(database.getDatabaseProductName())) {
        throw UnsupportedStoreException.ofApplication(database.getDatabaseProductName());
      }
      return login(application).inSchema(connection.getSchema());
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          "the application's database, which tasks are kept in, cannot be reached", AFTER, e);
    }
  }

  /// Whether an application's connections lead to the database of this URL, as far as its text
  /// tells.
  static boolean leadsTo(String url, DataSource application) {
    try (Connection connection = application.getConnection()) {
      return absolute(url).equals(absolute(connection.getMetaData().getURL()));
    } catch (SQLException away) {
      // The application's own to say.
      return false;
    }
  }

  private static String absolute(String url) {
    return url.startsWith(FILE)
        ? FILE + Path.of(url.substring(FILE.length())).toAbsolutePath().normalize()
        : url;
  }

  private static StoreLogin login(DataSource application) throws SQLException {
    if (application.isWrapperFor(HikariDataSource.class)) {
      HikariDataSource pool = application.unwrap(HikariDataSource.class);
      if (pool.getJdbcUrl() != null) {
        Credentials login = pool.getCredentials();
        return of(pool.getJdbcUrl(), login.getUsername(), login.getPassword());
      }
      if (pool.getDataSource() != null) {
        return login(pool.getDataSource());
      }
    }
    if (application.isWrapperFor(AbstractDriverBasedDataSource.class)) {
      var driver = application.unwrap(AbstractDriverBasedDataSource.class);
      return of(driver.getUrl(), driver.getUsername(), driver.getPassword());
    }
    if (application.isWrapperFor(PGSimpleDataSource.class)) {
      PGSimpleDataSource driver = application.unwrap(PGSimpleDataSource.class);
      return of(driver.getUrl(), driver.getUser(), driver.getPassword());
    }
    throw UnsupportedStoreException.ofLogin();
  }

  private static StoreLogin of(
      @Nullable String url, @Nullable String username, @Nullable String password) {
    if (url == null) {
      throw UnsupportedStoreException.ofLogin();
    }
    return new StoreLogin(url, username == null ? "" : username, password == null ? "" : password);
  }

  // A pool may choose the schema for its connections, which the URL does not say.
  private StoreLogin inSchema(@Nullable String schema) {
    if (schema == null || url.contains(SCHEMA + "=")) {
      return this;
    }
    String separator = url.contains("?") ? "&" : "?";
    return new StoreLogin(
        url + separator + SCHEMA + "=" + URLEncoder.encode(schema, UTF_8), username, password);
  }

  /// Everything but the password.
  @Override
  public String toString() {
    return "StoreLogin[username=" + username + "]";
  }
}
