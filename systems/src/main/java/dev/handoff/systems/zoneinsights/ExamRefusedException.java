package dev.handoff.systems.zoneinsights;

import dev.handoff.HandoffException;
import java.util.Map;

/// A call is refused with this status, code and words; [ExamErrors] writes the answer.
final class ExamRefusedException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, Object> details;

  private ExamRefusedException(int status, String code, String words, Map<String, Object> details) {
    super(words);
    this.status = status;
    this.code = code;
    this.details = Map.copyOf(details);
  }

  /// 400: the caller has to change the request.
  static ExamRefusedException invalid(String words) {
    return new ExamRefusedException(400, "INVALID_INPUT", words, Map.of());
  }

  /// The same, with numbers for programs.
  static ExamRefusedException invalid(String words, Map<String, Object> details) {
    return new ExamRefusedException(400, "INVALID_INPUT", words, details);
  }

  /// 404: unknown, malformed or somebody else's.
  static ExamRefusedException notFound() {
    return new ExamRefusedException(404, "NOT_FOUND", "Resource not found", Map.of());
  }

  /// 422: the test takes no answers any more.
  static ExamRefusedException over(String words) {
    return new ExamRefusedException(422, "TEST_ALREADY_COMPLETED", words, Map.of());
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String words() {
    return String.valueOf(getMessage());
  }

  Map<String, Object> details() {
    return details;
  }
}
