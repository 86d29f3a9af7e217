package dev.handoff.spring.tables;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions whose connection may break. Such a connection cannot be rolled back either, and the
/// server does so by itself: the reason is thrown then, and not that the rollback failed.
final class StoreTransactions extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(StoreTransactions.class);

  StoreTransactions(DataSource database) {
    super(database);
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
