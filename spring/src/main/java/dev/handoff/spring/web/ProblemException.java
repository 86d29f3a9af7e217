package dev.handoff.spring.web;

import dev.handoff.HandoffException;
import java.util.Map;

/// A request is refused; [ProblemFilter] turns it into the answer.
public final class ProblemException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient Map<String, String> headers;

  /// With the headers that belong to the answer.
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.name());
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  /// Without further headers.
  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /// Why.
  public Problem problem() {
    return problem;
  }

  /// Such as `Retry-After` or `Allow`.
  public Map<String, String> headers() {
    return headers;
  }
}
