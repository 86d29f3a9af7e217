package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.CodedError;
import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import java.time.InstantSource;

/// How the login's calls refuse: with codes, as the clients of the exams expect them. Everything
/// that is not the call's own refusal has the usual form.
record AuthRefusals(InstantSource clock) implements RefusalForm {
  @Override
  public Answer answer(Refusal refusal, String path) {
    return refusal.is(Why.REFUSED) || refusal.is(Why.UNREADABLE)
        ? new Answer(
            refusal.status(),
            CodedError.of(code(refusal.status(), path), refusal.words(), clock.instant()))
        : USUAL.answer(refusal, path);
  }

  private static String code(int status, String path) {
    return switch (status) {
      case 401 ->
          switch (path) {
            case "/api/auth/login" -> "AUTH_INVALID_CREDENTIALS";
            case "/api/auth/refresh" -> "AUTH_TOKEN_INVALID";
            default -> "AUTH_REQUIRED";
          };
      case 403 ->
          path.equals("/api/auth/password")
              ? "AUTH_INVALID_CREDENTIALS"
              : "AUTH_ACCOUNT_DEACTIVATED";
      case 404 -> "NOT_FOUND";
      case 410 -> "LINK_ENDED";
      case 422 -> "NOT_ACCEPTED";
      case 429 -> "RATE_LIMITED";
      default -> "INVALID_INPUT";
    };
  }
}
