package dev.handoff.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.jdbc.GatedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/// Makes the application's SQLite connections and the store's write one at a time: SQLite has a
/// single writer, and others find the file busy. A DataSource of another database, or one that the
/// store does not share, stays as it is.
final class SqliteGate implements BeanPostProcessor {
  private final ConfigurableListableBeanFactory beans;
  private final boolean storeIsShared;

  /// Does nothing where the store has a database of its own.
  SqliteGate(ConfigurableListableBeanFactory beans, boolean storeIsShared) {
    this.beans = beans;
    this.storeIsShared = storeIsShared;
  }

  /// Returns the gate of these connections, if they have one.
  static Optional<GatedDataSource> of(DataSource connections) {
    try {
      return connections.isWrapperFor(GatedDataSource.class)
          ? Optional.of(connections.unwrap(GatedDataSource.class))
          : Optional.empty();
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return storeIsShared
            && bean instanceof DataSource connections
            && ApplicationDatabase.isBean(name, beans)
            && of(connections).isEmpty()
            && leadsToSqlite(connections)
        ? GatedDataSource.over(connections)
        : bean;
  }

  private static boolean leadsToSqlite(DataSource connections) {
    // Asking a pool for a connection would start it.
    if (connections instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
      return pool.getJdbcUrl().startsWith("jdbc:sqlite:");
    }
    try (Connection connection = connections.getConnection()) {
      return "SQLite".equals(connection.getMetaData().getDatabaseProductName());
    } catch (SQLException | RuntimeException away) {
      // The bean that needs this database reports what is wrong with it.
      return false;
    }
  }
}
