package dev.handoff.systems.teamevaluation.names;

/// A part of a text, from a place to before another.
record TextSpan(int start, int end) {
  TextSpan {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a part of a text from " + start + " to " + end);
    }
  }
}
