package dev.handoff.systems.satbuddy.offline;

import dev.handoff.ai.offline.Note;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The texts that are shipped with SAT Buddy: its notes and its question banks.
final class SatNotes {
  private static final String ROOT = "/dev/handoff/systems/satbuddy/";

  private SatNotes() {}

  /// All notes, in the order of `notes/index.txt`.
  static List<Note> all() {
    return text("notes/index.txt")
        .lines()
        .filter(name -> !name.isBlank())
        .map(name -> Note.parse(text("notes/" + name + ".md")))
        .toList();
  }

  /// The bank of this name, `reading` or `writing`.
  static QuestionBank bank(String name) {
    return QuestionBank.parse(text("questions/" + name + ".txt"));
  }

  private static String text(String path) {
    try (InputStream in = SatNotes.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new FileNotFoundException(ROOT + path + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("A text that belongs to SAT Buddy is missing", e);
    }
  }
}
