package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.promptgeneration.Businesses.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The templates that come with the product. A file has the prompt, a line of three dashes, and
/// what the assistant is told about its answers.
final class ShippedTemplates {
  private static final String SEPARATOR = "\n---\n";

  // Their places are their ids, so new ones come last.
  private static final List<String> NAMES =
      List.of("Restaurant", "Hair salon", "Online shop", "Medical practice", "Hotel");

  private ShippedTemplates() {}

  static List<Template> all() {
    List<Template> all = new ArrayList<>();
    for (String name : NAMES) {
      String text = read(name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".md");
      int end = text.indexOf(SEPARATOR);
      all.add(
          new Template(
              all.size() + 1L,
              name,
              text.substring(0, end).strip(),
              text.substring(end + SEPARATOR.length()).strip()));
    }
    return List.copyOf(all);
  }

  private static String read(String file) {
    try (InputStream text = ShippedTemplates.class.getResourceAsStream("templates/" + file)) {
      if (text == null) {
        throw new IllegalStateException("the template " + file + " is missing from the jar");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
