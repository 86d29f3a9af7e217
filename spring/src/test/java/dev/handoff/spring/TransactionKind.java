package dev.handoff.spring;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/// A kind of application, by its connections and its transaction manager; without a manager of its
/// own it has the one that Spring Boot makes.
record TransactionKind(
    String name,
    Function<HikariDataSource, DataSource> connections,
    Optional<Function<DataSource, PlatformTransactionManager>> manager,
    boolean hasCallbacks) {
  static final String SQLITE = "SQLite";

  private static TransactionKind of(
      String name,
      Function<HikariDataSource, DataSource> connections,
      Function<DataSource, PlatformTransactionManager> manager) {
    return new TransactionKind(name, connections, Optional.of(manager), true);
  }

  @Override
  public String toString() {
    return name;
  }

  static List<TransactionKind> onPostgres() {
    return List.of(
        TransactionKind.of("JDBC", pool -> pool, JdbcTransactionManager::new),
        TransactionKind.of(
            "JDBC, lazy connections",
            LazyConnectionDataSourceProxy::new,
            JdbcTransactionManager::new),
        TransactionKind.of(
            "JDBC, a lazy proxy for the manager only",
            pool -> pool,
            pool -> new DataSourceTransactionManager(new LazyConnectionDataSourceProxy(pool))),
        TransactionKind.of(
            "JDBC, aware connections",
            TransactionAwareDataSourceProxy::new,
            DataSourceTransactionManager::new),
        TransactionKind.of(
            "JDBC, no auto-commit",
            TransactionKind::withoutAutoCommit,
            JdbcTransactionManager::new),
        new TransactionKind(
            "JDBC, no synchronization",
            pool -> pool,
            Optional.of(TransactionKind::withoutSynchronization),
            false),
        new TransactionKind("JPA", pool -> pool, Optional.empty(), true),
        new TransactionKind(
            "JPA, no auto-commit", TransactionKind::withoutAutoCommit, Optional.empty(), true));
  }

  // On SQLite a transaction cannot wait for another one of its thread.
  static List<TransactionKind> all() {
    return Stream.concat(
            onPostgres().stream(),
            Stream.of(new TransactionKind(SQLITE, pool -> pool, Optional.empty(), true)))
        .toList();
  }

  static List<TransactionKind> allWithCallbacks() {
    return all().stream().filter(TransactionKind::hasCallbacks).toList();
  }

  static List<TransactionKind> onPostgresWithCallbacks() {
    return onPostgres().stream().filter(TransactionKind::hasCallbacks).toList();
  }

  private static DataSource withoutAutoCommit(HikariDataSource pool) {
    pool.setAutoCommit(false);
    return pool;
  }

  private static PlatformTransactionManager withoutSynchronization(DataSource database) {
    JdbcTransactionManager manager = new JdbcTransactionManager(database);
    manager.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
    return manager;
  }
}
