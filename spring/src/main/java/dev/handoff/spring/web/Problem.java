package dev.handoff.spring.web;

import dev.handoff.spring.wire.ProblemView;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every refusal under `handoff.api.path`: its status, its stable name and its words.
public enum Problem {
  /// Unknown, expired, malformed or somebody else's: all the same.
  TASK_NOT_FOUND(
      404,
      "task-not-found",
      "Task not found or expired",
      "There is no task with this id for this account. It may have expired; submit the work again."),
  /// Nobody is logged in, or the token is no longer good.
  NOT_AUTHENTICATED(
      401,
      "not-authenticated",
      "Authentication required",
      "Log in and send the access token as a bearer token or as its cookie."),
  /// A cookie was sent without the proof that a page of this site sent it.
  CSRF(
      403,
      "csrf",
      "CSRF token missing or incorrect",
      "Send the value of the csrftoken cookie as the header X-CSRFToken."),
  /// The key or token does not reach this far.
  NOT_PERMITTED(
      403,
      "not-permitted",
      "Not permitted with this credential",
      "The key or token of this request does not include this call; use one that does."),
  /// Logged in, but not allowed.
  FORBIDDEN(403, "forbidden", "Not allowed", "This account may not do this."),
  /// No such call.
  NO_SUCH_ENDPOINT(
      404, "no-such-endpoint", "No such endpoint", "The API has nothing at this path."),
  /// The path is right, the method is not.
  METHOD_NOT_ALLOWED(
      405,
      "method-not-allowed",
      "Method not allowed",
      "This path does not take this method; the Allow header lists the ones it takes."),
  /// A parameter or header does not have the form it should have.
  INVALID_REQUEST(
      400, "invalid-request", "Invalid request", "The request is not in the form this call takes."),
  /// The number of the last event is not a number.
  INVALID_EVENT_NUMBER(
      400,
      "invalid-request",
      "Invalid request",
      "The number of the last event seen (Last-Event-ID or after) is a whole number from 0."),
  /// The body is no JSON, or of a form that no call takes.
  NOT_JSON(
      400,
      "invalid-request",
      "Invalid request",
      "Send the body as JSON in UTF-8: one value, no key twice, at most 100 levels deep, no NUL and no"
          + " lone surrogate in a text."),
  /// The Idempotency-Key is not one.
  INVALID_IDEMPOTENCY_KEY(
      400,
      "invalid-request",
      "Invalid request",
      "An Idempotency-Key has 1 to 200 visible ASCII characters, bare or in double quotes, and is"
          + " sent once."),
  /// The cursor was not given to this caller for this list.
  INVALID_CURSOR(
      400,
      "invalid-request",
      "Invalid request",
      "This cursor was not given out for this list; begin again without one."),
  /// The body is JSON, but not what the call or the task type takes.
  INVALID_PAYLOAD(
      422,
      "invalid-payload",
      "Invalid payload",
      "The body is not as its schema says; errors lists where and why. GET types has the schemas."),
  /// The task type is unknown, or not open over HTTP.
  UNKNOWN_TASK_TYPE(
      422,
      "unknown-task-type",
      "Unknown task type",
      "Tasks of this type cannot be submitted here; types lists those that can."),
  /// The key was used for something else.
  IDEMPOTENCY_MISMATCH(
      422,
      "idempotency-mismatch",
      "Idempotency-Key used before",
      "This Idempotency-Key was sent with another request; use a new key for new work."),
  /// The owner submits too fast.
  QUOTA_EXCEEDED(
      429,
      "quota-exceeded",
      "Too many submits",
      "This account has submitted as much as it may for now; try again after the time in Retry-After."),
  /// There is no result yet.
  NOT_FINISHED(
      409,
      "not-finished",
      "Not finished",
      "The task has not ended yet; follow it, or ask again later."),
  /// There is no result, because it failed.
  TASK_FAILED(
      409, "task-failed", "Task failed", "The task ended without a result; error says why."),
  /// There is no result, because it was ended.
  TASK_CANCELLED(
      409, "task-cancelled", "Task cancelled", "The task was cancelled and has no result."),
  /// Only a failed task is tried again.
  NOT_FAILED(
      409,
      "not-failed",
      "Not failed",
      "Only a failed task can be tried again, and only while no equal task is open."),
  /// Unknown, expired, malformed or somebody else's: all the same.
  BATCH_NOT_FOUND(
      404,
      "batch-not-found",
      "Batch not found or expired",
      "There is no batch with this id for this account. It may have expired."),
  /// The body is larger than allowed.
  BODY_TOO_LARGE(413, "body-too-large", "Request body too large", "Send a smaller request body."),
  /// The body is of a kind that is not taken.
  UNSUPPORTED_MEDIA_TYPE(
      415, "unsupported-media-type", "Unsupported media type", "Send the body as JSON."),
  /// This owner has too many streams open.
  TOO_MANY_STREAMS(
      429,
      "too-many-streams",
      "Too many open streams",
      "This account has as many streams open as it may; close some, or poll the task."),
  /// This node has too many streams open, or is stopping.
  NO_STREAM_FREE(
      503,
      "no-stream-free",
      "No stream is free",
      "This server takes no further stream at the moment; try again later, or poll the task."),
  /// The store does not answer, or the engine does not run.
  UNAVAILABLE(
      503, "unavailable", "Temporarily unavailable", "Nothing was changed; try again later."),
  /// A defect of ours.
  INTERNAL(
      500, "internal", "Internal error", "Something went wrong on the server; it has been logged.");

  private final int status;
  private final String name;
  private final String title;
  private final String detail;

  Problem(int status, String name, String title, String detail) {
    this.status = status;
    this.name = name;
    this.title = title;
    this.detail = detail;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The body for a request to this path.
  public ProblemView at(String path) {
    return at(path, Map.of());
  }

  /// The body with what this kind of problem has beside the usual members.
  public ProblemView at(String path, Map<String, ?> members) {
    return new ProblemView(
        "urn:handoff:problem:" + name, title, status, detail, path, new LinkedHashMap<>(members));
  }
}
