package dev.handoff.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One row of an answer, by column names. Valid until the next row is read.
record Row(ResultSet rows) {
  /// A column that is never null.
  String text(String column) throws SQLException {
    String value = rows.getString(column);
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return rows.getString(column);
  }

  long number(String column) throws SQLException {
    return rows.getLong(column);
  }

  int smallNumber(String column) throws SQLException {
    return rows.getInt(column);
  }

  @Nullable Long numberOrNull(String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  Instant time(String column) throws SQLException {
    return Instant.ofEpochMilli(rows.getLong(column));
  }

  @Nullable Instant timeOrNull(String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : Instant.ofEpochMilli(value);
  }
}
