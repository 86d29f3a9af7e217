package dev.handoff.spring.web;

import dev.handoff.HandoffException;
import java.util.Map;

/// A request is refused; [ProblemFilter] turns it into the answer.
public final class ProblemException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient Map<String, String> headers;
  private final transient Map<String, ?> members;

  /// With the headers that belong to the answer, and the members that its body has beside the usual
  /// ones, such as `errors`.
  public ProblemException(Problem problem, Map<String, String> headers, Map<String, ?> members) {
    super(problem.name());
    this.problem = problem;
    this.headers = Map.copyOf(headers);
    this.members = Map.copyOf(members);
  }

  /// With the headers that belong to the answer.
  public ProblemException(Problem problem, Map<String, String> headers) {
    this(problem, headers, Map.of());
  }

  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /// Returns the problem that the answer describes.
  public Problem problem() {
    return problem;
  }

  /// Returns headers of the answer, such as `Retry-After` or `Allow`.
  public Map<String, String> headers() {
    return headers;
  }

  /// Returns members of the body beside the usual ones.
  public Map<String, ?> members() {
    return members;
  }
}
