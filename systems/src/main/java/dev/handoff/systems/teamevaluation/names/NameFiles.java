package dev.handoff.systems.teamevaluation.names;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The files with words and names that are shipped beside this class.
final class NameFiles {
  private NameFiles() {}

  /// The lines of a file that say something.
  static List<String> lines(String name) {
    try (InputStream in = NameFiles.class.getResourceAsStream(name + ".txt")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
