package dev.handoff.spring;

import dev.handoff.StoreUnavailableException;
import dev.handoff.spring.tables.TaskDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The transactions that the application's transaction managers have open on each thread.
///
/// What Spring binds to a thread does not tell an open transaction from one that has just been
/// committed, nor from a connection that is only kept at hand while another manager's transaction
/// runs. So every manager of the context reports here when a transaction begins and when its commit
/// or rollback begins. Safe for use by many threads.
final class ManagedTransactions implements BeanPostProcessor {
  private final ThreadLocal<Deque<Managed>> ofThread = ThreadLocal.withInitial(ArrayDeque::new);
  private final Listener listener = new Listener();

  /// A transaction of a manager. It is listed until its callbacks are over, and open until its
  /// commit or rollback begins.
  private static final class Managed {
    private final TransactionExecution status;
    private final List<ConnectionHolder> connections;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean open = true;

    Managed(TransactionExecution status, List<ConnectionHolder> connections) {
      this.status = status;
      this.connections = connections;
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    switch (bean) {
      case PlatformTransactionManager manager -> watch(manager);
      case TransactionTemplate template -> watch(template.getTransactionManager());
      case TaskDatabase database -> watch(database.transaction().getTransactionManager());
      default -> {}
    }
    return bean;
  }

  private void watch(@Nullable PlatformTransactionManager manager) {
    if (manager instanceof ConfigurableTransactionManager watched
        && !watched.getTransactionExecutionListeners().contains(listener)) {
      watched.addListener(listener);
    }
  }

  /// Returns the connection of the open transaction on this database; empty outside of one, in
  /// callbacks after its end, and while only a transaction on another database is open.
  Optional<Connection> connection(DataSource database) {
    ConnectionHolder bound = bound(database);
    return bound != null && isOpen(bound) ? Optional.of(bound.getConnection()) : Optional.empty();
  }

  /// Returns whether the transaction that [#connection] returned was begun as a read-only one,
  /// whether or not its connection keeps to that.
  boolean isReadOnly(DataSource database) {
    ConnectionHolder bound = bound(database);
    Managed managed = bound == null ? null : of(bound);
    return managed == null
        ? TransactionSynchronizationManager.isCurrentTransactionReadOnly()
        : managed.status.isReadOnly();
  }

  private boolean isOpen(ConnectionHolder bound) {
    Managed managed = of(bound);
    if (managed != null) {
      return managed.open;
    }
    // The transaction of a manager that is not a bean of this context, and reports nothing here. A
    // connection that another manager's transaction only keeps at hand is not part of it.
    return ofThread.get().isEmpty()
        && TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.isSynchronizationActive()
        && isWithin(bound.getConnection());
  }

  private static boolean isWithin(Connection connection) {
    try {
      return !connection.getAutoCommit();
    } catch (SQLException broken) {
      // Never beside the transaction that the caller believes to be in.
      throw new StoreUnavailableException(
          "the transaction's connection is broken; nothing was stored", Duration.ZERO, broken);
    }
  }

  /// Runs the action after the commit of the transaction that [#connection] returned. Before other
  /// callbacks, which may take their time, where that is possible.
  void afterCommit(DataSource database, Runnable action) {
    ConnectionHolder bound = bound(database);
    Managed managed = bound == null ? null : of(bound);
    boolean isInnermost = managed == null || managed == ofThread.get().peek();
    if (isInnermost && TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(new CommitCallback(action));
    } else if (managed != null) {
      managed.afterCommit.add(action);
    } else {
      throw new IllegalStateException("there is no transaction");
    }
  }

  private @Nullable Managed of(ConnectionHolder bound) {
    for (Managed each : ofThread.get()) {
      if (each.connections.contains(bound)) {
        return each;
      }
    }
    return null;
  }

  /// Returns the connection that is bound for this database, whichever of its wrappers the manager
  /// was given.
  private static @Nullable ConnectionHolder bound(DataSource database) {
    DataSource wanted = unwrapped(database);
    for (Map.Entry<Object, Object> each :
        TransactionSynchronizationManager.getResourceMap().entrySet()) {
      if (each.getKey() instanceof DataSource key
          && each.getValue() instanceof ConnectionHolder holder
          && unwrapped(key).equals(wanted)) {
        return holder;
      }
    }
    return null;
  }

  private static DataSource unwrapped(DataSource dataSource) {
    DataSource inner = dataSource;
    while (inner instanceof DelegatingDataSource wrapper && wrapper.getTargetDataSource() != null) {
      inner = wrapper.getTargetDataSource();
    }
    return inner;
  }

  private final class Listener implements TransactionExecutionListener {
    @Override
    public void afterBegin(TransactionExecution status, @Nullable Throwable failure) {
      // What a manager did not report the end of, because a callback of it failed.
      ofThread.get().removeIf(each -> each.status.isCompleted());
      if (failure == null) {
        List<ConnectionHolder> began =
            TransactionSynchronizationManager.getResourceMap().values().stream()
                .filter(ConnectionHolder.class::isInstance)
                .map(ConnectionHolder.class::cast)
                .filter(holder -> of(holder) == null)
                .toList();
        ofThread.get().push(new Managed(status, began));
      }
    }

    @Override
    public void beforeCommit(TransactionExecution status) {
      close(status);
    }

    @Override
    public void beforeRollback(TransactionExecution status) {
      close(status);
    }

    @Override
    public void afterCommit(TransactionExecution status, @Nullable Throwable failure) {
      List<Runnable> actions = end(status);
      if (failure == null) {
        actions.forEach(Runnable::run);
      }
    }

    @Override
    public void afterRollback(TransactionExecution status, @Nullable Throwable failure) {
      List<Runnable> unused = end(status);
    }

    private void close(TransactionExecution status) {
      for (Managed each : ofThread.get()) {
        if (each.status.equals(status)) {
          each.open = false;
        }
      }
    }

    private List<Runnable> end(TransactionExecution status) {
      Deque<Managed> all = ofThread.get();
      List<Runnable> actions = new ArrayList<>();
      all.removeIf(each -> {
        if (!each.status.equals(status)) {
          return false;
        }
        actions.addAll(each.afterCommit);
        return true;
      });
      if (all.isEmpty()) {
        ofThread.remove();
      }
      return actions;
    }
  }

  private record CommitCallback(Runnable action) implements TransactionSynchronization, Ordered {
    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }

    @Override
    public void afterCommit() {
      action.run();
    }
  }
}
