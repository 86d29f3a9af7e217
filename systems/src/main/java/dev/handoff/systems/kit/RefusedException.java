package dev.handoff.systems.kit;

import dev.handoff.HandoffException;
import dev.handoff.systems.kit.Refusal.Why;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A call is refused. [RefusalAnswers] answers it in the form of the call's system.
public final class RefusedException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  private RefusedException(Refusal refusal) {
    super(refusal.words());
    this.refusal = refusal;
  }

  public static RefusedException of(int status, String words) {
    return new RefusedException(Refusal.of(Why.REFUSED, status, words));
  }

  /// 400: the caller has to change the request.
  public static RefusedException badRequest(String words) {
    return of(400, words);
  }

  /// 400: the body is not the JSON that it should be.
  public static RefusedException unreadable() {
    return new RefusedException(Refusal.of(Why.UNREADABLE, 400, JsonBody.INVALID));
  }

  /// 429: the caller has to wait.
  public static RefusedException tooMany(String words, Duration wait) {
    return new RefusedException(new Refusal(Why.REFUSED, 429, words, null, Map.of(), wait));
  }

  /// The same with this code for programs.
  public RefusedException withCode(String code) {
    return new RefusedException(
        new Refusal(
            refusal.why(),
            refusal.status(),
            refusal.words(),
            code,
            refusal.details(),
            refusal.untilNext()));
  }

  /// The same with one more field in the answer.
  public RefusedException with(String field, Object value) {
    Map<String, Object> details = new LinkedHashMap<>(refusal.details());
    details.put(field, value);
    return new RefusedException(
        new Refusal(
            refusal.why(),
            refusal.status(),
            refusal.words(),
            refusal.code(),
            details,
            refusal.untilNext()));
  }

  public Refusal refusal() {
    return refusal;
  }

  public String words() {
    return refusal.words();
  }
}
