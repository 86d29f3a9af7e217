package dev.handoff.jdbc.sql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a result, by column names. Valid until the next row is read.
public record ResultRow(ResultSet rows, Map<String, Integer> columns, TextForm texts) {
  static Map<String, Integer> columnsOf(ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    Map<String, Integer> columns = new HashMap<>();
    for (int place = 1; place <= about.getColumnCount(); place++) {
      columns.put(about.getColumnLabel(place), place);
    }
    return columns;
  }

  public String text(String column) throws SQLException {
    String value = textOrNull(column);
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }

  public @Nullable String textOrNull(String column) throws SQLException {
    return texts.read(rows.getString(place(column)));
  }

  public long number(String column) throws SQLException {
    return rows.getLong(place(column));
  }

  public int smallNumber(String column) throws SQLException {
    return rows.getInt(place(column));
  }

  public @Nullable Long numberOrNull(String column) throws SQLException {
    long value = rows.getLong(place(column));
    return rows.wasNull() ? null : value;
  }

  public Instant time(String column) throws SQLException {
    return Instant.ofEpochMilli(rows.getLong(place(column)));
  }

  public @Nullable Instant timeOrNull(String column) throws SQLException {
    long value = rows.getLong(place(column));
    return rows.wasNull() ? null : Instant.ofEpochMilli(value);
  }

  private int place(String column) throws SQLException {
    Integer place = columns.get(column);
    if (place == null) {
      throw new SQLException("no column " + column);
    }
    return place;
  }
}
