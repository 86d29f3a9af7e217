package dev.handoff.jdbc.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rows that a statement is given as its parameters, as a table `g` of its `from` clause. A
/// single row is given as plain values, which the server reads faster than an array for each
/// column.
record GivenRows(List<Column> columns) {
  record Column(String name, String type) {}

  /// Reads columns written as in a `create table`: `id uuid, type text`.
  static GivenRows of(String columns) {
    return new GivenRows(
        Arrays.stream(columns.split(","))
            .map(column -> column.strip().split(" "))
            .map(column -> new Column(column[0], column[1]))
            .toList());
  }

  /// The rows as arrays.
  String many() {
    return "unnest(%s) as g (%s)"
        .formatted(
            each(column -> "cast(:%s as %s[])".formatted(column.name(), column.type())),
            each(Column::name));
  }

  /// The only row as values.
  String one() {
    return "(select %s) as g"
        .formatted(
            each(column ->
                "cast(:%s as %s) as %s".formatted(column.name(), column.type(), column.name())));
  }

  private String each(Function<Column, String> write) {
    return columns.stream().map(write).collect(Collectors.joining(", "));
  }
}
