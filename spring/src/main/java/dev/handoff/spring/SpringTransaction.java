package dev.handoff.spring;

import dev.handoff.jdbc.CallerTransaction;
import java.sql.Connection;
import java.util.Optional;
import javax.sql.DataSource;

/// Lets a submit inside `@Transactional` be part of that transaction, if it is one on the store's
/// own database. In callbacks after a commit, and in transactions on other databases, a submit is
/// stored at once, in a transaction of its own.
final class SpringTransaction implements CallerTransaction {
  private final DataSource database;
  private final ManagedTransactions transactions;

  SpringTransaction(DataSource database, ManagedTransactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @Override
  public Optional<Connection> current() {
    return transactions.connection(database);
  }

  @Override
  public boolean isReadOnly() {
    return transactions.isReadOnly(database) || CallerTransaction.super.isReadOnly();
  }

  @Override
  public void afterCommit(Runnable action) {
    transactions.afterCommit(database, action);
  }
}
