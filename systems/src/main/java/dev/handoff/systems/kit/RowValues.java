package dev.handoff.systems.kit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Values of columns that hold more than text and numbers: times as milliseconds since 1970, lists
/// as JSON.
public final class RowValues {
  private RowValues() {}

  public static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  public static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  public static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  public static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  public static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  public static <T> List<T> list(ResultSet row, String column, Class<T[]> type)
      throws SQLException {
    return List.of(JsonMapper.shared().readValue(row.getString(column), type));
  }
}
