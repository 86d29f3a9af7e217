package dev.handoff.ai.provider;

import java.io.EOFException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where the answers of a provider's own API say why they ended: paths into the JSON of a whole
/// answer or of an event.
enum NativeWire {
  ANTHROPIC("/stop_reason", "/delta/stop_reason"),
  GEMINI("/candidates/0/finishReason", "/promptFeedback/blockReason"),
  OLLAMA("/done_reason", "/done");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String path;
  private final String otherPath;

  NativeWire(String path, String otherPath) {
    this.path = path;
    this.otherPath = otherPath;
  }

  /// Whether its streams are server-sent events, and not a line of JSON for each piece.
  boolean isStreamOfEvents() {
    return this != OLLAMA;
  }

  /// Refuses an answer in one piece that did not end well.
  void requireEnd(String answer) throws EOFException {
    if (end(answer) == StopReason.NONE) {
      throw new EOFException("the answer has no end");
    }
  }

  /// The end that an answer or an event tells of, if it does.
  StopReason end(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JacksonException broken) {
      throw new UnreadableAnswerException(broken);
    }
    ErrorReport.in(json)
        .ifPresent(error -> {
          throw new ProviderStatusException(error.status(), error.text(), null);
        });
    StopReason end = StopReason.NONE;
    for (String at : List.of(path, otherPath)) {
      end = end == StopReason.NONE ? reason(at, json.at(at).asString("")) : end;
    }
    if (end == StopReason.FILTERED) {
      throw ProviderFailures.refused();
    }
    if (end == StopReason.BROKEN) {
      throw new ProviderStatusException(0, text, null);
    }
    return end;
  }

  // Whatever blocked a question, it was the filter.
  private static StopReason reason(String path, String word) {
    StopReason told = StopReason.of(word);
    return path.endsWith("blockReason") && told != StopReason.NONE ? StopReason.FILTERED : told;
  }
}
