package dev.handoff.testing.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the scripted provider does with one call. A script works for plain and for streaming calls.
public sealed interface ModelScript {

  /// Answers these pieces, waiting at the gate before each. A plain call gets them joined; a
  /// streaming call gets a chunk each, and the usage when it asked for it.
  record AnswerScript(List<String> pieces, Gate gate) implements ModelScript {
    public AnswerScript {
      pieces = List.copyOf(pieces);
    }
  }

  /// Answers with this status, these headers and this body, streaming or not.
  record StatusScript(int status, Map<String, String> headers, String body) implements ModelScript {
    public StatusScript {
      headers = Map.copyOf(headers);
    }
  }

  /// Finishes well-formed, but declines: with this text in the `refusal` field.
  record RefusalScript(String text) implements ModelScript {}

  /// Finishes with `finish_reason` `content_filter` and no text.
  record FilteredScript() implements ModelScript {}

  /// Answers 200 with this body, or this as the only chunk of a stream.
  record BodyScript(String raw) implements ModelScript {}

  /// Sends status and headers, then only keep-alive bytes until the gate opens; then answers
  /// "late". Notices within about 50 ms when the caller hangs up.
  record HangScript(Gate gate) implements ModelScript {}

  /// Sends nothing at all, not even a status, until the gate opens; then answers "late". Notices a
  /// caller that hung up only then.
  record SilenceScript(Gate gate) implements ModelScript {}

  /// Sends these pieces and cuts the connection in the middle of the answer.
  record DroppedScript(List<String> pieces) implements ModelScript {
    public DroppedScript {
      pieces = List.copyOf(pieces);
    }
  }

  /// Streams these pieces, then reports this error inside the stream with status 200, as providers
  /// do that fail halfway. A plain call gets the error as a 500.
  record BrokenOffScript(List<String> pieces, String errorBody) implements ModelScript {
    public BrokenOffScript {
      pieces = List.copyOf(pieces);
    }
  }

  /// Answers these pieces and ends with this `finish_reason`, whatever it says; without one when it
  /// is null. A streaming call gets a chunk for each.
  record EndedScript(List<String> pieces, @Nullable String reason) implements ModelScript {
    public EndedScript {
      pieces = List.copyOf(pieces);
    }
  }

  /// Answers with this status, content type and these bytes, as they are, streaming or not; waits
  /// at the gate before each piece and sends it at once.
  record RawScript(int status, String contentType, List<String> pieces, Gate gate)
      implements ModelScript {
    public RawScript {
      pieces = List.copyOf(pieces);
    }
  }

  /// Chooses the script by the request.
  record DecideScript(Function<ModelRequest, ModelScript> choice) implements ModelScript {}

  /// Answers this text at once; streamed word by word.
  static ModelScript answer(String text) {
    return new AnswerScript(List.of(text.split("(?<=\\s)(?=\\S)")), Gate.open());
  }

  /// Answers these pieces, each when the gate lets it through.
  static ModelScript streamed(Gate gate, String... pieces) {
    return new AnswerScript(List.of(pieces), gate);
  }

  /// Answers with an error status and this body.
  static ModelScript status(int status, String body) {
    return new StatusScript(status, Map.of(), body);
  }

  /// Answers with an error status, a `Retry-After` header (seconds or an HTTP date) and this body.
  static ModelScript status(int status, String retryAfter, String body) {
    return new StatusScript(status, Map.of("Retry-After", retryAfter), body);
  }

  /// 429 as OpenAI words it, without a `Retry-After`.
  static ModelScript rateLimited() {
    return status(429, error("rate_limit_exceeded", "Rate limit reached for requests"));
  }

  /// 429 as OpenAI words it, with this `Retry-After`.
  static ModelScript rateLimited(String retryAfter) {
    return status(429, retryAfter, error("rate_limit_exceeded", "Rate limit reached for requests"));
  }

  /// 429 `insufficient_quota`: the account is used up.
  static ModelScript quotaExceeded() {
    return status(429, error("insufficient_quota", "You exceeded your current quota"));
  }

  static ModelScript serverError() {
    return status(500, error("server_error", "The server had an error"));
  }

  /// 401, with the right key in its text, as some providers echo what they were sent.
  static ModelScript unauthorized() {
    return status(401, error("invalid_api_key", "Incorrect API key: " + ScriptedModelServer.KEY));
  }

  /// A refusal in the model's own field for it.
  static ModelScript refusal(String text) {
    return new RefusalScript(text);
  }

  /// Stopped by the provider's content filter.
  static ModelScript filtered() {
    return new FilteredScript();
  }

  /// Answers with half a JSON document.
  static ModelScript malformed() {
    return new BodyScript("{\"id\":\"x\",\"choices\":[{\"mess");
  }

  /// A well-formed answer without any text.
  static ModelScript empty() {
    return new AnswerScript(List.of(), Gate.open());
  }

  /// Starts to answer and hangs at the gate.
  static ModelScript hang(Gate gate) {
    return new HangScript(gate);
  }

  /// Does not even start to answer until the gate opens.
  static ModelScript silence(Gate gate) {
    return new SilenceScript(gate);
  }

  /// Cuts the connection after these pieces.
  static ModelScript dropped(String... pieces) {
    return new DroppedScript(List.of(pieces));
  }

  /// Reports an error of this code inside the stream, after these pieces.
  static ModelScript brokenOff(String code, String... pieces) {
    return new BrokenOffScript(List.of(pieces), error(code, "Broken off"));
  }

  /// Answers this text, cut at the model's limit: `finish_reason` `length`.
  static ModelScript cutAtLimit(String text) {
    return ended("length", text);
  }

  /// Answers these pieces and this `finish_reason`.
  static ModelScript ended(String reason, String... pieces) {
    return new EndedScript(List.of(pieces), reason);
  }

  /// Stops after these pieces without any `finish_reason`, and closes the connection as if all were
  /// well.
  static ModelScript withoutEnd(String... pieces) {
    return new EndedScript(List.of(pieces), null);
  }

  /// Thinks inside of the answer's text, as many reasoning models do: `<think>…</think>` before the
  /// answer.
  static ModelScript thinking(String thoughts, String answer) {
    return answer("<think>\n" + thoughts + "\n</think>\n\n" + answer);
  }

  /// Thinks before the answer where the server's template opened the thoughts: only their end is
  /// sent.
  static ModelScript thinkingOpened(String thoughts, String answer) {
    return ended("stop", thoughts, "\n</think>\n\n", answer);
  }

  /// A stream, byte for byte: the pieces as they are, with status 200 and `text/event-stream`.
  static ModelScript stream(String... pieces) {
    return new RawScript(200, "text/event-stream", List.of(pieces), Gate.open());
  }

  /// JSON with status 200 and `application/json`, also where a stream was asked for.
  static ModelScript json(String body) {
    return new RawScript(200, "application/json", List.of(body), Gate.open());
  }

  /// Refuses, with status 400 and the field's name, requests that have this field; plays the other
  /// script for those without it.
  static ModelScript refusingField(String field, ModelScript otherwise) {
    String refusal =
        error("invalid_request_error", "Unrecognized request argument supplied: " + field);
    return decide(request -> request.body().has(field) ? status(400, refusal) : otherwise);
  }

  /// 429 that tells the wait in milliseconds (`retry-after-ms`), as Azure does.
  static ModelScript rateLimitedForMillis(long millis) {
    return new StatusScript(
        429, Map.of("retry-after-ms", Long.toString(millis)), error("429", "Rate limit reached"));
  }

  /// 429 that tells the wait in its body only, as Google does: a list, with `retryDelay` among the
  /// details.
  static ModelScript rateLimitedInDetails(long seconds) {
    return status(
        429,
        """
        [{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded.",
          "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%ds"}]}}]
        """
            .formatted(seconds));
  }

  static ModelScript decide(Function<ModelRequest, ModelScript> choice) {
    return new DecideScript(choice);
  }

  private static String error(String code, String message) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":\"%s\"}}"
        .formatted(message, code, code);
  }
}
