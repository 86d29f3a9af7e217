package dev.handoff.spring.web;

import dev.handoff.spring.wire.ProblemView;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every refusal under `handoff.api.path`: its status, its stable name and its words.
public enum Problem {
  /// This node does not know the task's type, or the type reads its stored request no more.
  NOT_COPIED(
      409,
      "not-copied",
      "Not copied",
      "The application does not know the task's type, or cannot read its stored request any more."),
  /// Unknown, expired, malformed or of another account: all the same.
  TASK_NOT_FOUND(
      404,
      "task-not-found",
      "Task not found or expired",
      "There is no task with this id for this account. It may have expired; submit the work again."),
  /// No login, or a token that is no longer valid.
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
  /// Unknown, ended or of another account: all the same.
  KEY_NOT_FOUND(404, "key-not-found", "Key not found", "This account has no API key with this id."),
  TOKEN_NOT_FOUND(
      404, "token-not-found", "Token not found", "This task has no token with this id."),
  /// As many as an account may have.
  TOO_MANY_KEYS(
      409,
      "too-many-keys",
      "Too many API keys",
      "This account has as many API keys as it may; revoke one that is no longer used."),
  /// No account has this id.
  ACCOUNT_NOT_FOUND(
      404, "account-not-found", "Account not found", "There is no account with this id."),
  /// What is asked for is no account.
  INVALID_ACCOUNT(
      422,
      "invalid-account",
      "Invalid account",
      "Send username and role (user, instructor or admin), and tenant, firstName and lastName where"
          + " wanted; errors says what is wrong."),
  /// Operators do not lock themselves out.
  OWN_ACCOUNT(
      409,
      "own-account",
      "This is your own account",
      "Nobody changes the role of their own account or deactivates it; ask another administrator."),
  /// No call has this path.
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
  /// A list that is filtered by something it does not know, or by a value that is none.
  INVALID_FILTER(
      422,
      "invalid-filter",
      "Invalid filter",
      "A parameter of this list is unknown or has no such value; errors says which."),
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
  /// Limits that no gate has, or a name.
  INVALID_GATE(
      422,
      "invalid-gate",
      "Invalid gate",
      "A gate's name has 1 to 200 characters; send concurrency, and starts and units with count and"
          + " per (such as PT1M): what is absent stays, null removes; errors says what is wrong."),
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
  /// Unknown, expired, malformed or of another account: all the same.
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
  /// The address is longer than the web server reads.
  ADDRESS_TOO_LONG(
      414, "request-too-long", "Address too long", "Send less in the address of the request."),
  /// The headers are longer than the web server reads.
  HEADERS_TOO_LONG(
      431, "request-too-long", "Headers too long", "Send less in the headers of the request."),
  /// The call is a WebSocket and the request is not.
  UPGRADE_REQUIRED(
      426,
      "upgrade-required",
      "WebSocket required",
      "Open this address as a WebSocket with the subprotocol handoff.v1."),
  /// The web server is not one on which WebSockets are served.
  NO_WEB_SOCKETS(
      501,
      "no-web-sockets",
      "No WebSockets here",
      "WebSockets are served where the web server is Jetty; follow the event streams instead."),
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
  /// No such webhook of this owner.
  WEBHOOK_NOT_FOUND(
      404,
      "webhook-not-found",
      "Webhook not found",
      "There is no webhook with this id for this account."),
  /// No such delivery of this webhook.
  DELIVERY_NOT_FOUND(
      404,
      "delivery-not-found",
      "Delivery not found or expired",
      "There is no delivery with this id for this webhook. Old ones are forgotten."),
  /// A webhook that cannot be set up.
  INVALID_WEBHOOK(
      422,
      "invalid-webhook",
      "Invalid webhook",
      "url is an absolute https URL (http only where the server allows it) of a public host on port"
          + " 443, 80 or above 1023, without user or fragment, of at most 2000 characters; events are"
          + " task.completed, task.failed or task.cancelled; types are at most 50 names of task types;"
          + " description has at most 200 characters."),
  /// The owner has as many as there may be.
  TOO_MANY_WEBHOOKS(
      409,
      "too-many-webhooks",
      "Too many webhooks",
      "This account has 20 webhooks, as many as it may; delete one first."),
  /// Only a failed delivery is sent again.
  DELIVERY_NOT_FAILED(
      409, "not-failed", "Not failed", "Only a delivery that failed can be sent again."),
  /// The store does not answer, or the engine does not run.
  UNAVAILABLE(
      503, "unavailable", "Temporarily unavailable", "Nothing was changed; try again later."),
  /// A defect of this server, whose details are in its log.
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
