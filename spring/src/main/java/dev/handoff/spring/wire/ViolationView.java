package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One thing that is wrong with a body: where, as a JSON pointer, and what. In a batch also in
/// which of its tasks, from 0.
public record ViolationView(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer index,
    String pointer,
    String message) {
  /// In a body of one task.
  public ViolationView(String pointer, String message) {
    this(null, pointer, message);
  }

  /// The same in a batch's task of this number.
  public ViolationView at(int index) {
    return new ViolationView(index, pointer, message);
  }
}
