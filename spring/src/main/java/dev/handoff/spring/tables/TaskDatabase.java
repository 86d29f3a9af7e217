package dev.handoff.spring.tables;

import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The database that tasks are in, for tables that are written in one transaction with them: a
/// submit within `transaction` is part of it. Usually the application's own, but with
/// `handoff.store.url` the application may have another one. Safe for use by many threads.
///
/// @param dataSource its connections
/// @param sql statements on it
/// @param transaction begins a transaction, or joins the one that the calling thread is in
public record TaskDatabase(DataSource dataSource, JdbcClient sql, TransactionTemplate transaction) {
  /// Joins only transactions that a `DataSourceTransactionManager` began.
  public TaskDatabase(DataSource dataSource) {
    this(dataSource, ignored -> false);
  }

  /// Joins the transactions of every manager.
  ///
  /// @param isOpen whether the calling thread is in an open transaction on this database
  public TaskDatabase(DataSource dataSource, Predicate<DataSource> isOpen) {
    this(
        dataSource,
        JdbcClient.create(dataSource),
        new TransactionTemplate(new StoreTransactions(dataSource, isOpen)));
  }
}
