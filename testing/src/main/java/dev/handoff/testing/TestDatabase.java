package dev.handoff.testing;

import java.sql.Connection;
import java.sql.SQLException;

/// A database of a [PostgresServer], for one test or a few.
public final class TestDatabase {
  private final PostgresServer server;
  private final PostgresAddress address;

  TestDatabase(PostgresServer server, PostgresAddress address) {
    this.server = server;
    this.address = address;
  }

  /// Returns the JDBC URL, without a login.
  public String url() {
    return address.url();
  }

  public String username() {
    return address.username();
  }

  /// Returns the password of the login; may be empty.
  public String password() {
    return address.password();
  }

  /// Opens a connection, which the caller closes.
  public Connection connect() throws SQLException {
    return PostgresServer.connect(address);
  }

  /// Ends every session of this database, as an operator or a proxy may.
  ///
  /// @return how many there were
  public int endSessions() {
    return server.administer(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name() + "'");
  }

  /// Ends the sessions with this application name.
  ///
  /// @return how many there were
  public int endSessions(String applicationName) {
    return server.administer(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + name()
            + "' and application_name = '"
            + applicationName.replace("'", "''")
            + "'");
  }

  /// Returns the database for clients that know a standby too: they use the server that takes
  /// writes.
  public TestDatabase orOn(PostgresServer standby) {
    return new TestDatabase(server, address.or(standby.address()));
  }

  /// Returns the read-only copy of the database on a standby.
  public TestDatabase on(PostgresServer standby) {
    return new TestDatabase(standby, standby.address().with(name()));
  }

  private String name() {
    String path = address.url().split("\\?", 2)[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Drops the database and ends its sessions.
  public void drop() {
    server.drop(name());
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
