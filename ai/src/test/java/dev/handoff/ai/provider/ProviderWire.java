package dev.handoff.ai.provider;

import java.util.Locale;
import java.util.Map;

/// What the three providers write on their wires.
enum ProviderWire {
  ANTHROPIC("/v1/", "end_turn", "max_tokens", "refusal") {
    @Override
    String path(boolean streaming) {
      return "/v1/messages";
    }

    @Override
    String sendsKey() {
      return "native-key-7d21";
    }

    @Override
    String whole(String text, String reason) {
      return """
      {"id":"m1","type":"message","role":"assistant","model":"%s",
       "content":[{"type":"text","text":%s}],"stop_reason":"%s","stop_sequence":null,
       "usage":{"input_tokens":11,"output_tokens":5}}
      """
          .formatted(told(), quoted(text), reason);
    }

    @Override
    String half(String text) {
      return event(
              "message_start",
              """
              {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant",\
              "model":"%s","content":[],"stop_reason":null,"usage":{"input_tokens":11,\
              "output_tokens":1}}}\
              """
                  .formatted(told()))
          + event(
              "content_block_start",
              """
              {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\
              """)
          + event("ping", "{\"type\":\"ping\"}")
          + piece(text);
    }

    private String piece(String text) {
      return event(
          "content_block_delta",
          """
          {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":%s}}\
          """
              .formatted(quoted(text)));
    }

    @Override
    String stream(String reason, String... texts) {
      StringBuilder stream = new StringBuilder(half(texts[0]));
      for (int text = 1; text < texts.length; text++) {
        stream.append(piece(texts[text]));
      }
      return stream
          .append(event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"))
          .append(
              event(
                  "message_delta",
                  """
                  {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},\
                  "usage":{"output_tokens":5}}\
                  """
                      .formatted(reason)))
          .append(event("message_stop", "{\"type\":\"message_stop\"}"))
          .toString();
    }

    @Override
    String error() {
      return event(
          "error",
          """
          {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\
          """);
    }

    @Override
    String jsonMode() {
      return "Answer with one JSON object";
    }
  },
  GEMINI("/v1beta", "STOP", "MAX_TOKENS", "SAFETY") {
    @Override
    String path(boolean streaming) {
      return "/v1beta/models/"
          + told()
          + (streaming ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    @Override
    String sendsKey() {
      return "native-key-7d21";
    }

    @Override
    String whole(String text, String reason) {
      return """
      {"candidates":[{"content":{"role":"model","parts":[{"text":%s}]},"finishReason":"%s",\
      "index":0}],"usageMetadata":{"promptTokenCount":11,"candidatesTokenCount":5,\
      "totalTokenCount":16},"modelVersion":"%s","responseId":"r1"}\
      """
          .formatted(quoted(text), reason, told());
    }

    @Override
    String half(String text) {
      return event(
          "",
          """
          {"candidates":[{"content":{"role":"model","parts":[{"text":%s}]},"index":0}],\
          "modelVersion":"%s"}\
          """
              .formatted(quoted(text), told()));
    }

    @Override
    String stream(String reason, String... texts) {
      StringBuilder stream = new StringBuilder();
      for (int text = 0; text < texts.length - 1; text++) {
        stream.append(half(texts[text]));
      }
      return stream.append(event("", whole(texts[texts.length - 1], reason))).toString();
    }

    @Override
    String error() {
      return event(
          "", "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}");
    }

    @Override
    String jsonMode() {
      return "application/json";
    }
  },
  OLLAMA("", "stop", "length", "") {
    @Override
    String path(boolean streaming) {
      return "/api/chat";
    }

    @Override
    String sendsKey() {
      return "";
    }

    @Override
    String whole(String text, String reason) {
      return """
      {"model":"%s","created_at":"2026-03-01T10:00:00Z","message":{"role":"assistant",\
      "content":%s},"done":true,"done_reason":"%s","prompt_eval_count":11,"eval_count":5}
      """
          .formatted(told(), quoted(text), reason);
    }

    @Override
    String half(String text) {
      return """
      {"model":"%s","created_at":"2026-03-01T10:00:00Z","message":{"role":"assistant",\
      "content":%s},"done":false}
      """
          .formatted(told(), quoted(text));
    }

    @Override
    String stream(String reason, String... texts) {
      StringBuilder stream = new StringBuilder();
      for (String text : texts) {
        stream.append(half(text));
      }
      return stream.append(whole("", reason)).toString();
    }

    @Override
    String error() {
      return "{\"error\":\"model runner has unexpectedly stopped\"}\n";
    }

    @Override
    String jsonMode() {
      return "\"format\":\"json\"";
    }
  };

  private final String base;
  private final String end;
  private final String cut;
  private final String filtered;

  ProviderWire(String base, String end, String cut, String filtered) {
    this.base = base;
    this.end = end;
    this.cut = cut;
    this.filtered = filtered;
  }

  abstract String path(boolean streaming);

  abstract String sendsKey();

  /// An answer in one piece.
  abstract String whole(String text, String reason);

  /// The beginning of a stream.
  abstract String half(String text);

  abstract String stream(String reason, String... texts);

  /// An error within a stream.
  abstract String error();

  /// What a request for JSON has.
  abstract String jsonMode();

  String provider() {
    return name().toLowerCase(Locale.ROOT);
  }

  String base() {
    return base;
  }

  String end() {
    return end;
  }

  String cut() {
    return cut;
  }

  String filtered() {
    return filtered;
  }

  /// The model's name, asked for and told.
  String told() {
    return provider() + "-test-1";
  }

  Map<String, String> json() {
    return Map.of("Content-Type", "application/json");
  }

  Map<String, String> events() {
    return Map.of("Content-Type", this == OLLAMA ? "application/x-ndjson" : "text/event-stream");
  }

  private static String event(String name, String data) {
    String line = "data: " + data.replace("\n", "") + "\n\n";
    return name.isEmpty() ? line : "event: " + name + "\n" + line;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }
}
