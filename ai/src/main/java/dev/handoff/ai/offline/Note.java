package dev.handoff.ai.offline;

import java.util.ArrayList;
import java.util.List;

/// A short text on one thing: its title, the topic it belongs to, the words people ask for it with,
/// and its body in markdown.
public record Note(String title, String topic, List<String> keywords, String body) {
  private static final String FENCE = "---";

  /// Copies the keywords; refuses a note without title, topic or body.
  public Note {
    keywords = List.copyOf(keywords);
    if (title.isBlank() || topic.isBlank() || body.isBlank()) {
      throw new IllegalArgumentException("A note needs a title, a topic and a body: " + title);
    }
  }

  /// Reads a markdown file that begins with front matter: between two lines `---`, the lines
  /// `title:`, `topic:` and `keywords:` (separated by commas).
  ///
  /// @throws IllegalArgumentException when that is missing or has other keys
  public static Note parse(String markdown) {
    List<String> lines = markdown.strip().lines().toList();
    int end = lines.isEmpty() ? -1 : lines.subList(1, lines.size()).indexOf(FENCE);
    if (end < 0 || !lines.getFirst().equals(FENCE)) {
      throw new IllegalArgumentException("A note begins with front matter between two ---");
    }
    String title = "";
    String topic = "";
    List<String> keywords = new ArrayList<>();
    for (String line : lines.subList(1, end + 1)) {
      String value = line.substring(line.indexOf(':') + 1).strip();
      switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
        case "title" -> title = value;
        case "topic" -> topic = value;
        case "keywords" -> keywords.addAll(List.of(value.split("\\s*,\\s*")));
        default -> throw new IllegalArgumentException("Unknown front matter: " + line);
      }
    }
    String body = String.join("\n", lines.subList(end + 2, lines.size())).strip();
    return new Note(title, topic, keywords, body);
  }
}
