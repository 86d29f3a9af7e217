package dev.handoff.jdbc.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A prepared statement with named parameters. It is reused: each use sets every parameter, or
/// throws. Confined to its session's thread.
public final class BoundStatement implements AutoCloseable {
  private final NamedSql sql;
  private final PreparedStatement statement;
  private final TextForm texts;
  private final long all;
  private long set;
  private @Nullable Map<String, Integer> columns;
  private boolean broken;

  BoundStatement(NamedSql sql, PreparedStatement statement, TextForm texts) {
    this.sql = sql;
    this.statement = statement;
    this.texts = texts;
    this.all = (1L << sql.parameters()) - 1;
  }

  public interface RowReader<T> {
    T read(ResultRow row) throws SQLException;
  }

  /// Clears the parameters of the last use.
  BoundStatement anew() {
    set = 0;
    return this;
  }

  public BoundStatement set(String name, @Nullable String value) throws SQLException {
    return put(name, texts.write(value));
  }

  /// Sets an array of texts (PostgreSQL).
  public BoundStatement setTexts(String name, List<? extends @Nullable String> values)
      throws SQLException {
    return put(name, values.stream().map(texts::write).toArray(String[]::new));
  }

  /// Sets an array of numbers (PostgreSQL).
  public BoundStatement setNumbers(String name, List<? extends @Nullable Long> values)
      throws SQLException {
    return put(name, values.toArray(Long[]::new));
  }

  public BoundStatement set(String name, long value) throws SQLException {
    return put(name, value);
  }

  public BoundStatement set(String name, @Nullable Long value) throws SQLException {
    return put(name, value);
  }

  public BoundStatement set(String name, @Nullable Instant value) throws SQLException {
    return put(name, value == null ? null : Millis.of(value));
  }

  private BoundStatement put(String name, @Nullable Object value) throws SQLException {
    for (int place : sql.placesOf(name)) {
      statement.setObject(place, value);
      set |= 1L << (place - 1);
    }
    return this;
  }

  /// Returns the number of changed rows.
  public int update() throws SQLException {
    return run(statement::executeUpdate);
  }

  public <T> List<T> list(RowReader<T> reader) throws SQLException {
    return run(() -> {
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        ResultRow row = row(rows);
        while (rows.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    });
  }

  public <T> Optional<T> first(RowReader<T> reader) throws SQLException {
    return run(() -> {
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reader.read(row(rows))) : Optional.empty();
      }
    });
  }

  public boolean exists() throws SQLException {
    return run(() -> {
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    });
  }

  private interface Run<T> {
    T run() throws SQLException;
  }

  private <T> T run(Run<T> work) throws SQLException {
    if (set != all) {
      throw new IllegalStateException("not every parameter is set in " + sql.jdbc());
    }
    try {
      return work.run();
    } catch (SQLException e) {
      broken = true;
      throw e;
    }
  }

  /// Whether it has to be prepared again: the driver closes a statement that failed.
  boolean isBroken() {
    return broken;
  }

  // The driver forgets the places of the columns after each answer; they stay the same here.
  private ResultRow row(ResultSet rows) throws SQLException {
    Map<String, Integer> known = columns;
    if (known == null) {
      known = ResultRow.columnsOf(rows);
      columns = known;
    }
    return new ResultRow(rows, known, texts);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
