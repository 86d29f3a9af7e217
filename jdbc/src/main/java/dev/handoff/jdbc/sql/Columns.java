package dev.handoff.jdbc.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sets many rows as parameters of one statement: an array for each column.
public record Columns<T>(BoundStatement statement, List<T> rows) {
  public void texts(String name, Function<T, @Nullable String> value) throws SQLException {
    List<@Nullable String> values = new ArrayList<>(rows.size());
    for (T row : rows) {
      values.add(value.apply(row));
    }
    var ignored = statement.setTexts(name, values);
  }

  public void numbers(String name, Function<T, @Nullable Long> value) throws SQLException {
    List<@Nullable Long> values = new ArrayList<>(rows.size());
    for (T row : rows) {
      values.add(value.apply(row));
    }
    var ignored = statement.setNumbers(name, values);
  }

  public void times(String name, Function<T, @Nullable Instant> value) throws SQLException {
    numbers(
        name,
        row -> {
          Instant time = value.apply(row);
          return time == null ? null : Long.valueOf(Millis.of(time));
        });
  }

  public void flags(String name, Function<T, Boolean> value) throws SQLException {
    texts(name, row -> value.apply(row).toString());
  }
}
