package dev.handoff.ai.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a body line by line: server-sent events, as servers write them, or a document in one
/// piece, whichever it is and whichever was asked for. Confined to one thread.
final class BodyEvents {
  /// Byte-order marks, of which servers that join files or chunks write several.
  private static final Pattern MARKS = Pattern.compile("^\uFEFF+");

  /// A field's name that a proxy wrote before a line that had it already.
  private static final Pattern REPEATED =
      Pattern.compile("^(?:\\s*data:)+", Pattern.CASE_INSENSITIVE);

  private static final Pattern ERROR_LINE = Pattern.compile("error|exception|failure|fatal|panic");

  private static final Pattern END_OF_EVENTS =
      Pattern.compile("(?im)^(?:data:)?\\s*\\[DONE\\]\\s*$");

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
      String document = first + "\n" + rest(lines);
      listener.onDocument(END_OF_EVENTS.matcher(document).replaceAll(""));
    } else {
      stream.line(first);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        stream.line(withoutMarks(line));
      }
      stream.dispatch();
    }
  }

  private static String firstLine(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null) {
      String text = withoutMarks(line);
      if (!text.isBlank()) {
        return text;
      }
      line = lines.readLine();
    }
    return "";
  }

  private static String withoutMarks(String line) {
    return MARKS.matcher(line).replaceFirst("");
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
    } else if (isDocument(line)) {
      // Without its field's name, as servers write that fail in the middle.
      dispatch();
      listener.onEvent("", line);
    } else {
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1);
      field(
          (colon < 0 ? line : line.substring(0, colon)).strip().toLowerCase(Locale.ROOT),
          value.startsWith(" ") ? value.substring(1) : value);
    }
  }

  private void field(String field, String value) {
    switch (field) {
      case "data" -> {
        data.append(hasData ? "\n" : "").append(REPEATED.matcher(value).replaceFirst(""));
        hasData = true;
      }
      case "event" -> name = value.strip();
      case "id", "retry" -> {
        // These say nothing about the answer.
      }
      default -> {
        if (ERROR_LINE.matcher(field).find()) {
          dispatch();
          listener.onEvent("error", value.isBlank() ? field : value);
        }
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
