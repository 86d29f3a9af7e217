package dev.handoff.benchmarks.compare;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/// The connections of a peer: as many as Handoff has.
final class Pool {
  private static final int CONNECTIONS = 20;

  private Pool() {}

  static HikariDataSource of(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }
}
