package dev.handoff.testing.model;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes one scripted answer in the provider's wire format. Confined to the thread of its call.
final class ModelWire {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration HEARTBEAT = Duration.ofMillis(20);

  private final HttpExchange exchange;
  private final ModelRequest request;
  private final BooleanSupplier isClosing;
  private @Nullable OutputStream out;

  ModelWire(HttpExchange exchange, ModelRequest request, BooleanSupplier isClosing) {
    this.exchange = exchange;
    this.request = request;
    this.isClosing = isClosing;
  }

  void play(ModelScript script) throws IOException, InterruptedException {
    switch (script) {
      case ModelScript.AnswerScript(List<String> pieces, Gate gate) -> answer(pieces, gate);
      case ModelScript.StatusScript(int status, Map<String, String> headers, String body) ->
          status(status, headers, body);
      case ModelScript.RefusalScript(String text) -> finish("refusal", text, "stop");
      case ModelScript.FilteredScript() -> finish("content", "", "content_filter");
      case ModelScript.BodyScript(String raw) -> body(raw);
      case ModelScript.HangScript(Gate gate) -> answer(List.of("late"), gate);
      case ModelScript.SilenceScript(Gate gate) -> silence(gate);
      case ModelScript.DroppedScript(List<String> pieces) -> drop(pieces);
      case ModelScript.BrokenOffScript(List<String> pieces, String body) -> breakOff(pieces, body);
      case ModelScript.EndedScript(List<String> pieces, var reason) -> end(pieces, reason);
      case ModelScript.RawScript raw -> raw(raw);
      case ModelScript.DecideScript(var choice) -> play(choice.apply(request));
    }
  }

  private void answer(List<String> pieces, Gate gate) throws IOException, InterruptedException {
    start();
    for (String piece : pieces) {
      awaitPass(gate);
      if (request.isStreaming()) {
        chunk(Map.of("content", piece), null);
      }
    }
    finish("content", String.join("", pieces), "stop");
  }

  private void end(List<String> pieces, @Nullable String reason) throws IOException {
    start();
    if (!request.isStreaming()) {
      finish("content", String.join("", pieces), reason);
      return;
    }
    for (String piece : pieces) {
      chunk(Map.of("content", piece), null);
    }
    if (reason == null) {
      end();
    } else {
      finish("content", String.join("", pieces), reason);
    }
  }

  private void raw(ModelScript.RawScript script) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", script.contentType());
    exchange.sendResponseHeaders(script.status(), 0);
    OutputStream body = exchange.getResponseBody();
    out = body;
    for (String piece : script.pieces()) {
      while (!script.gate().passWithin(HEARTBEAT)) {
        stopWhenClosing();
      }
      write(piece);
    }
    end();
  }

  private void silence(Gate gate) throws IOException, InterruptedException {
    while (!gate.passWithin(HEARTBEAT)) {
      stopWhenClosing();
    }
    answer(List.of("late"), Gate.open());
  }

  private void drop(List<String> pieces) throws IOException {
    start();
    for (String piece : pieces) {
      if (request.isStreaming()) {
        chunk(Map.of("content", piece), null);
      } else {
        write("{\"choices\":[{\"message\":{\"content\":\"" + piece);
      }
    }
    throw new DroppedException();
  }

  private void breakOff(List<String> pieces, String errorBody) throws IOException {
    if (!request.isStreaming()) {
      status(500, Map.of(), errorBody);
      return;
    }
    start();
    for (String piece : pieces) {
      chunk(Map.of("content", piece), null);
    }
    write("data: " + errorBody + "\n\ndata: [DONE]\n\n");
    end();
  }

  private void body(String raw) throws IOException {
    start();
    write(request.isStreaming() ? "data: " + raw + "\n\ndata: [DONE]\n\n" : raw);
    end();
  }

  private void status(int status, Map<String, String> headers, String body) throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream body1 = exchange.getResponseBody()) {
      body1.write(bytes);
    }
  }

  private void finish(String field, String text, @Nullable String reason) throws IOException {
    start();
    if (request.isStreaming()) {
      if (field.equals("refusal")) {
        chunk(Map.of("refusal", text), null);
      }
      chunk(Map.of(), reason);
      if (request.wantsUsage()) {
        data(Map.of("choices", List.of(), "usage", usage(text)));
      }
      write("data: [DONE]\n\n");
    } else {
      Map<String, Object> choice = new LinkedHashMap<>();
      choice.put("index", 0);
      choice.put("message", Map.of("role", "assistant", field, text));
      choice.put("finish_reason", reason);
      write(
          JSON.writeValueAsString(
              envelope(Map.of("choices", List.of(choice), "usage", usage(text)))));
    }
    end();
  }

  private void chunk(Map<String, String> delta, @Nullable String reason) throws IOException {
    Map<String, Object> choice =
        reason == null
            ? Map.of("index", 0, "delta", delta)
            : Map.of("index", 0, "delta", delta, "finish_reason", reason);
    data(Map.of("choices", List.of(choice)));
  }

  private void data(Map<String, Object> content) throws IOException {
    write("data: " + JSON.writeValueAsString(envelope(content)) + "\n\n");
  }

  private Map<String, Object> envelope(Map<String, Object> content) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("id", "chatcmpl-scripted");
    envelope.put("object", request.isStreaming() ? "chat.completion.chunk" : "chat.completion");
    envelope.put("created", 1_760_000_000);
    envelope.put("model", request.model());
    envelope.putAll(content);
    return envelope;
  }

  private Map<String, Integer> usage(String answer) {
    int in = request.turns().stream().mapToInt(turn -> words(turn.text())).sum();
    int out = words(answer);
    return Map.of("prompt_tokens", in, "completion_tokens", out, "total_tokens", in + out);
  }

  private static int words(String text) {
    return (int) Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).count();
  }

  private void awaitPass(Gate gate) throws IOException, InterruptedException {
    while (!gate.passWithin(HEARTBEAT)) {
      stopWhenClosing();
      // A comment of SSE, or white space before JSON: means nothing, but fails when nobody listens.
      write(request.isStreaming() ? ": waiting\n\n" : " ");
    }
  }

  private void stopWhenClosing() throws DroppedException {
    if (isClosing.getAsBoolean()) {
      throw new DroppedException();
    }
  }

  private void start() throws IOException {
    if (out == null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Type",
              request.isStreaming() ? "text/event-stream; charset=utf-8" : "application/json");
      exchange.sendResponseHeaders(200, 0);
      out = exchange.getResponseBody();
      out.flush();
    }
  }

  private void write(String text) throws IOException {
    if (out != null) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private void end() throws IOException {
    if (out != null) {
      out.close();
    }
  }

  /// The script cuts the connection; not the caller.
  static final class DroppedException extends IOException {
    private static final long serialVersionUID = 1L;

    DroppedException() {
      super("dropped by the script");
    }
  }
}
