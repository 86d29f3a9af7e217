package dev.handoff.spring;

import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.CallerTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Lets a submit inside `@Transactional` be part of that transaction, when it is one on the store's
/// own database.
final class SpringTransaction implements CallerTransaction {
  private final DataSource database;

  SpringTransaction(DataSource database) {
    this.database =
        database instanceof TransactionAwareDataSourceProxy proxy
                && proxy.getTargetDataSource() != null
            ? proxy.getTargetDataSource()
            : database;
  }

  @Override
  public Optional<Connection> current() {
    return TransactionSynchronizationManager.isActualTransactionActive()
            && TransactionSynchronizationManager.getResource(database)
                instanceof ConnectionHolder holder
            && isWithin(holder.getConnection())
        ? Optional.of(holder.getConnection())
        : Optional.empty();
  }

  // A transaction on another database also binds a connection of this one, on which each statement
  // commits.
  private static boolean isWithin(Connection connection) {
    try {
      return !connection.getAutoCommit();
    } catch (SQLException broken) {
      // The submit would otherwise not be part of the caller's transaction.
      throw new StoreUnavailableException(
          "the transaction's connection is broken; nothing was stored", Duration.ZERO, broken);
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
