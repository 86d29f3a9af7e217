package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /tasks`, and of each task of a batch. The request has the form of the type's
/// schema.
public record SubmitBody(
    String type,
    JsonNode request,
    @Nullable Urgency priority,
    @Sized(min = 1, max = 200, pattern = "^[^\\u0000-\\u001f\\u007f]*$") @Nullable String subject,
    @Nullable Instant startAt,
    @Nullable Instant startBefore) {
  /// The priority of waiting tasks; `normal` by default.
  public enum Urgency {
    @JsonProperty("low")
    LOW,
    @JsonProperty("normal")
    NORMAL,
    @JsonProperty("high")
    HIGH
  }
}
