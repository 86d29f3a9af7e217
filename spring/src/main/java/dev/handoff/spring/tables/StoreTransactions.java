package dev.handoff.spring.tables;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions whose connection may break. A broken connection cannot be rolled back either; the
/// server does so. The original exception is thrown then, not that of the rollback.
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
