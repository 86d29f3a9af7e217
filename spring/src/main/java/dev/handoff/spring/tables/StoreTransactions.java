package dev.handoff.spring.tables;

import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Transactions that join those of the application's own manager, whichever it is, and whose
/// connection may break. A broken connection cannot be rolled back either; the server does so. The
/// original exception is thrown then, not that of the rollback.
final class StoreTransactions extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(StoreTransactions.class);

  private final transient Predicate<DataSource> isOpen;

  /// @param isOpen whether the calling thread is in an open transaction on this database
  StoreTransactions(DataSource database, Predicate<DataSource> isOpen) {
    super(database);
    this.isOpen = isOpen;
  }

  // JPA's manager binds its connection without saying that a transaction is open on it: begun here,
  // a second one would commit the first.
  @Override
  protected boolean isExistingTransaction(Object transaction) {
    return super.isExistingTransaction(transaction) || isOpen.test(obtainDataSource());
  }

  @Override
  protected void doSetRollbackOnly(DefaultTransactionStatus status) {
    super.doSetRollbackOnly(status);
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(new RolledBack());
    }
  }

  /// Stops the commit of a transaction that was joined and has failed, in case its manager does not
  /// know.
  private static final class RolledBack implements TransactionSynchronization {
    @Override
    public void beforeCommit(boolean readOnly) {
      // Any exception of a transaction would leave the rollback out.
      throw new IllegalStateException(
          "a write within this transaction has failed, so it cannot be committed");
    }
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    try {
      super.doRollback(status);
    } catch (RuntimeException broken) {
      LOG.debug("a transaction's connection broke before it could be rolled back", broken);
    }
  }
}
