package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal as RFC 9457 has it. `type` is a stable name, `detail` says what to do next, `instance`
/// is the path that was asked for, `members` are what a kind of problem has beside these, such as
/// `errors`.
public record ProblemView(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    @JsonAnyGetter @JsonAnySetter Map<String, Object> members) {
  public ProblemView(String type, String title, int status, String detail, String instance) {
    this(type, title, status, detail, instance, new LinkedHashMap<>());
  }
}
