package dev.handoff.spring;

import dev.handoff.jdbc.CallerTransaction;
import java.sql.Connection;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Lets a submit inside `@Transactional` be part of that transaction, when it is one on the store's
/// own database.
final class SpringTransaction implements CallerTransaction {
  private final DataSource database;

  SpringTransaction(DataSource database) {
    this.database = database;
  }

  @Override
  public Optional<Connection> current() {
    boolean ours =
        TransactionSynchronizationManager.isActualTransactionActive()
            && TransactionSynchronizationManager.getResource(database) instanceof ConnectionHolder;
    return ours ? Optional.of(DataSourceUtils.getConnection(database)) : Optional.empty();
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
