package dev.handoff.spring.web;

import dev.handoff.spring.wire.ProblemView;

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
  /// The body is larger than allowed.
  BODY_TOO_LARGE(413, "body-too-large", "Request body too large", "Send a smaller request body."),
  /// The body is of a kind that is not taken.
  UNSUPPORTED_MEDIA_TYPE(
      415, "unsupported-media-type", "Unsupported media type", "Send the body as JSON."),
  /// The call is a WebSocket and the request is not.
  UPGRADE_REQUIRED(
      426,
      "upgrade-required",
      "WebSocket required",
      "Open this address as a WebSocket with the subprotocol handoff.v1."),
  /// A browser opened a WebSocket with its cookie from a page of another site.
  FOREIGN_ORIGIN(
      403,
      "forbidden",
      "Not allowed from this page",
      "With the cookie only this site's own pages may open a WebSocket; others send a token."),
  /// This socket follows too much.
  TOO_MANY_SUBSCRIPTIONS(
      429,
      "too-many-subscriptions",
      "Too many tasks on this socket",
      "This socket follows as many tasks as it may; unfollow some, or open another one."),
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
    return new ProblemView("urn:handoff:problem:" + name, title, status, detail, path);
  }
}
