package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.LinkedHashMap;
import java.util.Map;

/// A problem detail of RFC 9457. `type` is a stable name, `detail` says what to do next, `instance`
/// is the path of the request, `members` are additional members of a kind of problem, such as
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
