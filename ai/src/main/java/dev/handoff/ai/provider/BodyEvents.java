package dev.handoff.ai.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/// Reads a body line by line: server-sent events, as servers write them, or a document in one
/// piece, whichever it is and whichever was asked for. Confined to one thread.
final class BodyEvents {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final BodyListener listener;
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private boolean hasData;

  private BodyEvents(BodyListener listener) {
    this.listener = listener;
  }

  /// Is told what a body holds.
  interface BodyListener {
    /// An event: its name (often empty) and its data.
    void onEvent(String name, String data);

    /// The whole body, when it is no stream of events.
    void onDocument(String text);
  }

  /// Reads to the end, decoding as UTF-8.
  static void read(InputStream body, BodyListener listener) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    String first = firstLine(lines);
    BodyEvents stream = new BodyEvents(listener);
    if (isDocument(first)) {
      listener.onDocument(first + "\n" + rest(lines));
    } else {
      stream.line(first);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        stream.line(line);
      }
      stream.dispatch();
    }
  }

  private static String firstLine(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null) {
      String text = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
      if (!text.isBlank()) {
        return text;
      }
      line = lines.readLine();
    }
    return "";
  }

  private static String rest(BufferedReader lines) throws IOException {
    StringWriter rest = new StringWriter();
    lines.transferTo(rest);
    return rest.toString();
  }

  private static boolean isDocument(String line) {
    String text = line.stripLeading();
    return text.startsWith("{") || text.startsWith("[") || text.startsWith("<");
  }

  private void line(String line) {
    if (line.isEmpty()) {
      dispatch();
    } else if (line.startsWith("{") || line.startsWith("[")) {
      // Without its field's name, as servers write that fail in the middle.
      dispatch();
      listener.onEvent("", line);
    } else {
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1);
      field(
          colon < 0 ? line : line.substring(0, colon),
          value.startsWith(" ") ? value.substring(1) : value);
    }
  }

  private void field(String field, String value) {
    switch (field.strip()) {
      case "data" -> {
        data.append(hasData ? "\n" : "").append(value);
        hasData = true;
      }
      case "event" -> name = value.strip();
      case "error" -> {
        dispatch();
        listener.onEvent("error", value);
      }
      default -> {
        // A comment, or a field that says nothing about the answer.
      }
    }
  }

  private void dispatch() {
    if (hasData || !name.isEmpty()) {
      String event = name;
      String text = data.toString();
      name = "";
      data.setLength(0);
      hasData = false;
      listener.onEvent(event, text);
    }
  }
}
