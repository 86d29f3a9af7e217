package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

public record BatchBody(Mode mode, @Sized(min = 1, max = 1000) List<SubmitBody> tasks) {
  /// What happens to the other tasks when one is refused.
  public enum Mode {
    /// Submits all tasks or none.
    @JsonProperty("atomic")
    ATOMIC,
    /// Submits every task that is not refused.
    @JsonProperty("each")
    EACH
  }
}
