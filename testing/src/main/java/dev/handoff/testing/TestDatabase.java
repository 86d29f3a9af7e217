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

  /// Its JDBC URL, without a login.
  public String url() {
    return address.url();
  }

  public String username() {
    return address.username();
  }

  /// The login's password; may be empty.
  public String password() {
    return address.password();
  }

  /// A new connection, which the caller closes.
  public Connection connect() throws SQLException {
    return PostgresServer.connect(address);
  }

  /// Ends every session of this database, as when an operator or a proxy cuts them off.
  ///
  /// @return how many there were
  public int endSessions() {
    return server.administer(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name() + "'");
  }

  /// Ends the sessions that call themselves so.
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

  /// The same database as clients find it that know a standby too: whichever of the two servers
  /// takes writes.
  public TestDatabase orOn(PostgresServer standby) {
    return new TestDatabase(server, address.or(standby.address()));
  }

  /// Its copy on a standby, for questions.
  public TestDatabase on(PostgresServer standby) {
    return new TestDatabase(standby, standby.address().with(name()));
  }

  private String name() {
    String path = address.url().split("\\?", 2)[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Deletes it, and cuts off who is still connected.
  public void drop() {
    server.drop(name());
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
