package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A violation in a body: a JSON pointer and a message. In a batch also the number of the task,
/// from 0.
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
