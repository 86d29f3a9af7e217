package dev.handoff.systems.accounts;

/// Text that every database keeps and every list can show.
final class PlainText {
  private PlainText() {}

  /// Whether it has neither control characters nor halves of characters.
  static boolean is(String text) {
    return text.codePoints()
        .noneMatch(point ->
            Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
  }
}
