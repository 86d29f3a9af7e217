package dev.handoff.jdbc.sql;

import java.sql.SQLException;

/// Statements to run on a session. They may run again after a lost connection or a conflict, even
/// if their commit succeeded: they must detect that, or be idempotent.
public interface SqlWork<T> {
  T run(SqlSession session) throws SQLException;
}
