package dev.handoff.jdbc.row;

import dev.handoff.Submission;
import java.util.List;
import java.util.Optional;

/// The waiting tasks of one type that pass the same gates. `gates` is the stored text of their
/// names; "" for tasks without gates.
public record GatedLine(String type, String gates) {
  /// No name contains it.
  private static final String SEPARATOR = "\n";

  /// Returns the stored text of these names, which are in order.
  public static String text(List<String> names) {
    return names.isEmpty() ? "" : String.join(SEPARATOR, names);
  }

  /// Returns the names in a stored text.
  public static List<String> names(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR));
  }

  /// Returns the line of a task; empty if it passes no gates.
  static Optional<GatedLine> of(String type, Submission submission) {
    return submission.gates().isEmpty()
        ? Optional.empty()
        : Optional.of(new GatedLine(type, text(submission.gates())));
  }

  public List<String> names() {
    return names(gates);
  }
}
