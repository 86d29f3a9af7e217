package dev.handoff.jdbc.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sets many rows as parameters of one statement: an array for each column, or plain values of the
/// only row.
public final class Columns<T> {
  private final BoundStatement statement;
  private final List<T> rows;
  private final boolean arePlain;

  private Columns(BoundStatement statement, List<T> rows, boolean arePlain) {
    this.statement = statement;
    this.rows = rows;
    this.arePlain = arePlain;
  }

  public Columns(BoundStatement statement, List<T> rows) {
    this(statement, rows, false);
  }

  /// The only row of a statement without arrays.
  public static <T> Columns<T> plain(BoundStatement statement, T row) {
    return new Columns<>(statement, List.of(row), true);
  }

  public void texts(String name, Function<T, @Nullable String> value) throws SQLException {
    if (arePlain) {
      var ignored = statement.set(name, value.apply(rows.getFirst()));
      return;
    }
    List<@Nullable String> values = new ArrayList<>(rows.size());
    for (T row : rows) {
      values.add(value.apply(row));
    }
    var ignored = statement.setTexts(name, values);
  }

  public void numbers(String name, Function<T, @Nullable Long> value) throws SQLException {
    if (arePlain) {
      var ignored = statement.set(name, value.apply(rows.getFirst()));
      return;
    }
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
