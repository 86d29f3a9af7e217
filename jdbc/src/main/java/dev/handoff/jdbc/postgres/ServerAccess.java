package dev.handoff.jdbc.postgres;

import dev.handoff.HandoffException;
import dev.handoff.jdbc.sql.QuietUrl;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// How connections to one server are opened; each [DataSource] opens a new one at each call.
public sealed interface ServerAccess {
  String NAME = "handoff";
  String SESSION_NAME = "handoff session";
  int PREPARE_THRESHOLD = 2;
  // A statement of the store takes milliseconds: after this the connection is dead.
  int ANSWER_SECONDS = 60;
  int SESSION_ANSWER_SECONDS = 10;

  /// For the pool, with the store's defaults where the access sets none.
  DataSource pooled();

  /// For statements without a time limit.
  DataSource patient();

  /// For a session that stays open.
  DataSource session();

  /// Opens connections by the settings' URL and login.
  record BySettings(String url, String username, String password) implements ServerAccess {
    private static final int CONNECT_SECONDS = 5;

    @Override
    public PGSimpleDataSource pooled() {
      PGSimpleDataSource server = new PGSimpleDataSource();
      // What the URL says wins, which is ours to see to: what was set before is kept by setUrl.
      Properties said = Driver.parseURL(url, null);
      if (said == null) {
        throw new HandoffException(
            "the URL of the PostgreSQL store cannot be read: " + QuietUrl.of(url));
      }
      Map<PGProperty, Object> ours =
          Map.of(
              PGProperty.CONNECT_TIMEOUT,
              CONNECT_SECONDS,
              PGProperty.SOCKET_TIMEOUT,
              ANSWER_SECONDS,
              PGProperty.TCP_KEEP_ALIVE,
              true,
              // The store has a few statements, and uses each of them again and again.
              PGProperty.PREPARE_THRESHOLD,
              PREPARE_THRESHOLD,
              PGProperty.APPLICATION_NAME,
              NAME);
      ours.forEach((property, value) -> {
        if (!property.isPresent(said)) {
          server.setProperty(property, value.toString());
        }
      });
      server.setUrl(url);
      if (!username.isEmpty()) {
        server.setUser(username);
      }
      if (!password.isEmpty()) {
        server.setPassword(password);
      }
      return server;
    }

    @Override
    public DataSource patient() {
      PGSimpleDataSource server = pooled();
      server.setSocketTimeout(0);
      return server;
    }

    @Override
    public DataSource session() {
      PGSimpleDataSource server = pooled();
      server.setApplicationName(SESSION_NAME);
      // For what it asks; listening has a time of its own.
      server.setSocketTimeout(SESSION_ANSWER_SECONDS);
      return server;
    }
  }

  /// Opens connections with the application's DataSource.
  record ByDataSource(DataSource source) implements ServerAccess {
    @Override
    public DataSource pooled() {
      return new PresetDataSource(source, PresetDataSource.Use.POOLED);
    }

    @Override
    public DataSource patient() {
      return new PresetDataSource(source, PresetDataSource.Use.PATIENT);
    }

    @Override
    public DataSource session() {
      return new PresetDataSource(source, PresetDataSource.Use.SESSION);
    }
  }
}
