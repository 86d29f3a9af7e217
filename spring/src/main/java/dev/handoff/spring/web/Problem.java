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
  /// Unknown, ended or somebody else's: all the same.
  KEY_NOT_FOUND(404, "key-not-found", "Key not found", "This account has no API key with this id."),
  /// As many as an account may have.
  TOO_MANY_KEYS(
      409,
      "too-many-keys",
      "Too many API keys",
      "This account has as many API keys as it may; revoke one that is no longer used."),
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
  /// What is asked for is no key.
  INVALID_KEY_REQUEST(
      400,
      "invalid-request",
      "Invalid request",
      "Send name (1 to 100 characters), scopes (of submit, read, operate) and, unless the key is to"
          + " last, expiresAt (a time to come, such as 2030-01-31T00:00:00Z)."),
  /// What is asked for is no token.
  INVALID_TOKEN_REQUEST(
      400,
      "invalid-request",
      "Invalid request",
      "Send may (of follow, cancel) and, unless an hour is right, lifetime (such as PT10M; at least"
          + " PT1S, at most PT24H or what the server is set to)."),
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
  /// The address is longer than the web server reads.
  ADDRESS_TOO_LONG(
      414, "request-too-long", "Address too long", "Send less in the address of the request."),
  /// The headers are longer than the web server reads.
  HEADERS_TOO_LONG(
      431, "request-too-long", "Headers too long", "Send less in the headers of the request."),
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
