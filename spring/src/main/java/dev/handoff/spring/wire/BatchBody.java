package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Size;
import java.util.List;

/// What `POST /batches` takes.
public record BatchBody(Mode mode, @Size(min = 1, max = 1000) List<SubmitBody> tasks) {
  /// What one bad task means for the others.
  public enum Mode {
    /// All or none.
    @JsonProperty("atomic")
    ATOMIC,
    /// The others are submitted.
    @JsonProperty("each")
    EACH
  }
}
