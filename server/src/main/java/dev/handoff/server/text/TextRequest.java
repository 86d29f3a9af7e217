package dev.handoff.server.text;

import dev.handoff.spring.wire.Sized;
import org.jspecify.annotations.Nullable;

/// What a `text` task is asked: a text, and what to do with it; without instructions it is
/// answered.
record TextRequest(
    @Sized(min = 1, max = 100_000) String input,
    @Sized(max = 10_000) @Nullable String instructions) {
  /// There is something in the input.
  TextRequest {
    if (input.isBlank()) {
      throw new IllegalArgumentException("the input is not blank");
    }
  }

  /// The instructions; empty when there are none.
  String toDo() {
    return instructions == null ? "" : instructions.strip();
  }
}
