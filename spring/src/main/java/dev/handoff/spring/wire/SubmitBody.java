package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What `POST /tasks` takes, and a batch for each of its tasks. The request is as the type's schema
/// says.
public record SubmitBody(
    String type,
    JsonNode request,
    @Nullable Urgency priority,
    @Size(min = 1, max = 200) @Pattern(regexp = "^[^\\u0000-\\u001f\\u007f]*$")
        @Nullable String subject,
    @Nullable Instant startAt) {
  /// What goes first when tasks wait; `normal` unless said otherwise.
  public enum Urgency {
    @JsonProperty("low")
    LOW,
    @JsonProperty("normal")
    NORMAL,
    @JsonProperty("high")
    HIGH
  }
}
