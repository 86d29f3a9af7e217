package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Figures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/// Figures by row and column, printed in Markdown: the median, its range, and what the first
/// column's median is of this one. Safe for use by many threads.
final class Table {
  private final List<String> columns;
  private final Map<Figure, Map<String, List<Double>>> cells = new EnumMap<>(Figure.class);

  Table(List<String> columns) {
    this.columns = columns;
  }

  /// One more measurement. Infinity stands for "not within the time that was waited".
  synchronized void add(Figure figure, String column, double value) {
    cells
        .computeIfAbsent(figure, _ -> new HashMap<>())
        .computeIfAbsent(column, _ -> new ArrayList<>())
        .add(value);
  }

  synchronized boolean isEmpty() {
    return cells.isEmpty();
  }

  /// Prints what was added, in the order of [Figure].
  synchronized void print(String title) {
    System.out.println("| " + title + " | " + String.join(" | ", columns) + " |");
    System.out.println("|---".repeat(columns.size() + 1) + "|");
    cells.forEach((figure, values) -> {
      StringBuilder line = new StringBuilder("| " + figure + " |");
      for (String column : columns) {
        line.append(' ').append(cell(values, column)).append(" |");
      }
      System.out.println(line);
    });
    System.out.println();
  }

  private String cell(Map<String, List<Double>> values, String column) {
    double[] sorted = sorted(values, column);
    if (sorted.length == 0) {
      return "–";
    }
    double median = median(sorted);
    if (Double.isInfinite(median)) {
      return "> " + Recovery.LONGEST.toSeconds();
    }
    String range =
        sorted.length == 1
            ? ""
            : " ("
                + Figures.number(sorted[0])
                + "–"
                + Figures.number(sorted[sorted.length - 1])
                + ")";
    double[] first = sorted(values, columns.getFirst());
    String ratio =
        first.length == 0 || column.equals(columns.getFirst())
            ? ""
            : String.format(Locale.ROOT, ", **%.2f**", median(first) / median);
    return Figures.number(median) + range + ratio;
  }

  private static double[] sorted(Map<String, List<Double>> values, String column) {
    return values.getOrDefault(column, List.of()).stream()
        .flatMapToDouble(DoubleStream::of)
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
