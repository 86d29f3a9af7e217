package dev.handoff.jdbc.sqlite;

import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.SqlWork;
import dev.handoff.jdbc.sql.SqliteErrors;
import dev.handoff.jdbc.sql.TextForm;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// The connections that only read. A stack of sessions, because the connections of a pool would
/// lose their prepared statements. Safe for use by many threads.
public final class ReaderPool implements AutoCloseable {
  private final Semaphore free;
  private final Deque<SqlSession> sessions = new ConcurrentLinkedDeque<>();
  private final int size;
  private volatile boolean closed;

  private ReaderPool(List<SqlSession> opened) {
    sessions.addAll(opened);
    size = opened.size();
    free = new Semaphore(size);
  }

  public interface Opener {
    Connection open() throws SQLException;
  }

  public static ReaderPool open(int size, Opener opener) throws SQLException {
    List<SqlSession> opened = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      opened.add(new SqlSession(opener.open(), TextForm.PLAIN));
    }
    return new ReaderPool(opened);
  }

  /// Runs a query on a connection of the pool, after waiting for one if necessary.
  public <T> T read(SqlWork<T> query) {
    free.acquireUninterruptibly();
    try {
      if (closed) {
        throw SqliteErrors.closed();
      }
      SqlSession session = sessions.pop();
      try {
        return query.run(session);
      } finally {
        sessions.push(session);
      }
    } catch (SQLException e) {
      throw SqliteErrors.translate(e);
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    free.acquireUninterruptibly(size);
    try {
      for (SqlSession session : sessions) {
        session.close();
        session.connection().close();
      }
    } catch (SQLException e) {
      throw SqliteErrors.translate(e);
    } finally {
      free.release(size);
    }
  }
}
